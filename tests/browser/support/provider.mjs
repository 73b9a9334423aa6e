import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const clientId = 'softbot';
export const clientSecret = 'a secret of this test, 40 letters at least';

const closing = (server) => new Promise((resolve) => {
  server.closeAllConnections();
  server.close(resolve);
});

const jwk = (pair, kid) => ({ ...pair.privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' });
/** A private key as JWK, as a client keeps it. */
export const newKey = (kid) => jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }), kid);
const openHalf = ({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use });

const page = (uid) => `<!doctype html><html lang="nl"><title>Makelaar</title><h1>Makelaar</h1>
<form method="post" action="/inloggen-bij-makelaar/${uid}">
<label>Nummer <input name="number"></label><label>Niveau <input name="level" value="midden"></label>
<button name="action" value="sign-in">Inloggen</button><button name="action" value="cancel">Annuleren</button></form></html>`;

const formOf = (request) => new Promise((resolve) => {
  let body = '';
  request.on('data', (bytes) => {
    body += bytes;
  });
  request.on('end', () => resolve(new URLSearchParams(body)));
});

/**
 * One page on which anybody may be signed in, at any level: what a broker of DigiD would ask of its visitor.
 */
function asks(provider) {
  return async (request, response) => {
    const uid = request.url.split('/')[2];
    if (request.method === 'GET')
      return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page(uid));
    const form = await formOf(request);
    const result = form.get('action') === 'cancel' ?
        { error: 'access_denied', error_description: 'cancelled' } :
        { login: { accountId: form.get('number'), acr: form.get('level'), remember: true } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
}

/** Who asks only for `openid` need not be asked whether that may be given. */
async function granted(ctx) {
  const { session, client } = ctx.oidc;
  const grant = new ctx.oidc.provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

/**
 * A real OpenID Connect provider on a free port. `returnAddress`: where our pages want people back; `key`:
 * the open half of it is ours, instead of a secret.
 */
export async function startProvider({ returnAddress, key }) {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, 'localhost', resolve);
  });
  const issuer = `http://localhost:${server.address().port}`;
  const client = {
    client_id: clientId,
    redirect_uris: [returnAddress],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    ...(key ? { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [openHalf(key)] } } :
              { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecret }),
  };
  const provider = new Provider(issuer, {
    clients: [client],
    jwks: { keys: [newKey('of-the-provider')] },
    cookies: { keys: ['for this test alone'] },
    pkce: { required: () => true, methods: ['S256'] },
    acrValues: ['basis', 'midden', 'hoog'],
    claims: { openid: ['sub', 'bsn'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/inloggen-bij-makelaar/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, bsn: id }) }),
    loadExistingGrant: granted,
  });
  const ask = asks(provider);
  const own = provider.callback();
  server.on('request', (request, response) => (request.url.startsWith('/inloggen-bij-makelaar/') ? ask : own)(request, response));
  return { issuer, stop: () => closing(server) };
}
