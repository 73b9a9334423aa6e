import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';
import { defineConfig, type Plugin } from 'vite';

/** Drops design tokens that no rule uses: a theme defines thousands, our components need some hundreds. */
function dropUnusedTokens(): Plugin {
  const use = /var\(\s*(--[\w-]+)/g;
  return {
    name: 'drop-unused-tokens',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        const sheet = postcss.parse(String(file.source));
        for (let dropped = true; dropped; ) {
          dropped = false;
          const used = new Set(Array.from(sheet.toString().matchAll(use), (match) => match[1]));
          sheet.walkDecls(/^--/, (declaration) => {
            if (used.has(declaration.prop)) return;
            declaration.remove();
            dropped = true;
          });
        }
        file.source = sheet.toString();
      }
    },
  };
}

/** One text with the licences of all packages in the bundles, as they ask. */
function gatherLicences(): Plugin {
  return {
    name: 'gather-licences',
    generateBundle(_, bundle) {
      const packages = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const module of file.moduleIds) {
          const found = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replace('\0', ''));
          if (found) packages.add(found[0]);
        }
      }
      const named = new Map<string, string[]>(); // many packages have the same text
      for (const folder of Array.from(packages).sort()) {
        const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `Licence: ${license}`;
        named.set(text, [...(named.get(text) ?? []), `${name} ${version}`]);
      }
      const texts = Array.from(named, ([text, names]) => `${names.join('\n')}\n\n${text}\n`);
      this.emitFile({ type: 'asset', name: 'licences.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

/** Puts .gz and .br beside every text asset, so that the daemon never compresses. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(css|js|svg|txt)$/.test(file.fileName)) continue;
          const bytes = Buffer.from(file.type === 'asset' ? file.source : file.code);
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
          const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(bytes, best) });
        }
      },
    },
  };
}

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  plugins: [dropUnusedTokens(), gatherLicences(), precompress()],
  build: {
    target: 'es2020',
    outDir: process.env.SOFTBOT_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1500, // dmn-js, loaded on one page only
    manifest: 'manifest.json',
    rollupOptions: {
      input: { site: fileURLToPath(new URL('src/site.ts', import.meta.url)), dmn: fileURLToPath(new URL('src/dmn.ts', import.meta.url)) },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
});
