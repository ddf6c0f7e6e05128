// A key and a certificate that live as long as the test. Chromium is told to trust this key and no other
// (--ignore-certificate-errors-spki-list), so that pages count as having no certificate error: with
// --ignore-certificate-errors they would, which keeps them out of prerendering.
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';

export function makeCertificate() {
  const pem = execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=world',
      '-addext', 'subjectAltName=DNS:world', '-keyout', '-', '-out', '-'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  ).toString();
  const spki = createPublicKey(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))).export({ type: 'spki', format: 'der' });
  return { pem, spkiHash: createHash('sha256').update(spki).digest('base64') };
}
