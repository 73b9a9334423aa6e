import { after, before } from 'node:test';
import { openBrowser, openPage } from './browser.mjs';
import { chooseTypes, fillForm, receipts, sample, send, signInAs, signInStaff } from './forms.mjs';
import { startNode } from './node.mjs';

/** One node and one browser for all tests of a file, and the visitors that its journeys begin with. `options`: as startNode takes them. */
export function nodeAndBrowser(options = {}) {
  let node;
  let browser;
  before(async () => {
    node = await startNode(options);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  /** Somebody with cookies of their own. */
  const newVisitor = (looks) => openPage(browser, node.address, looks);
  return {
    newVisitor,
    /** A colleague who has signed in: cora, petra, bas, farid, hanna or anna. */
    async newColleague(name, looks) {
      const visitor = await newVisitor(looks);
      await signInStaff(visitor.page, name);
      return visitor;
    },
    /** Somebody signs in and applies, with a sample submission or one made from it; gives the reference. */
    async apply(submission) {
      const { common, requests } = typeof submission === 'string' ? sample(submission) : submission;
      const { page, close } = await newVisitor({ javaScript: false });
      await signInAs(page, common.bsn);
      await chooseTypes(page, ...requests.map((request) => request.type));
      await fillForm(page, { common, requests });
      await send(page);
      const [{ reference }] = await receipts(page);
      await close();
      return reference;
    },
  };
}
