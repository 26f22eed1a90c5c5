import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../../src/agents/redaction/redaction';
import { syntheticLogs } from '../../../benchmarks/syntheticLogs';

const all = { personalData: true, ipAddresses: true };
const redact = (text: string) => createRedactor(all).redact(text);

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const word = (characters: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const alphanumeric = (min: number, max = min) => word(ALPHANUMERIC, min, max);
const key = alphanumeric(24, 60).filter((text) => /\d/.test(text) && /[a-z]/i.test(text) && new Set(text).size > 12);

/** The text around a secret and the secret in it. */
type Planted = readonly [text: string, secret: string];
const planted = (secret: fc.Arbitrary<string>, ...around: readonly ((secret: string) => string)[]): fc.Arbitrary<Planted> =>
  fc.tuple(secret, fc.constantFrom(...around)).map(([value, write]) => [write(value), value] as const);
const bare = (secret: string) => secret;
const inProse = (secret: string) => `could not use ${secret}, giving up`;
const inJson = (secret: string) => JSON.stringify({ level: 'error', message: `bad ${secret}` });

const shaped = fc.oneof(
  ...[
    word('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16, 16).map((rest) => `AKIA${rest}`),
    alphanumeric(36).map((rest) => `ghp_${rest}`),
    alphanumeric(40, 82).map((rest) => `github_pat_${rest}`),
    alphanumeric(24, 40).map((rest) => `xoxb-123456789012-${rest}`),
    alphanumeric(24, 60).map((rest) => `sk_live_${rest}`),
    alphanumeric(35).map((rest) => `AIza${rest}`),
    alphanumeric(40, 80).map((rest) => `sk-proj-${rest}`),
    alphanumeric(80, 100).map((rest) => `sk-ant-api03-${rest}`),
    alphanumeric(36).map((rest) => `npm_${rest}`),
    fc.tuple(alphanumeric(32), hex(8)).map(([rest, sum]) => `glsa_${rest}_${sum}`),
    word('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 27, 27).map((rest) => `NRAK-${rest}`),
    word('abcdefghijklmnopqrstuvwxyz0123456789', 31, 31).map((rest) => `key-3${rest}`),
    fc.tuple(fc.integer({ min: 10_000_000, max: 2_000_000_000 }), alphanumeric(33)).map(([bot, rest]) => `${bot}:AA${rest}`),
    alphanumeric(40).map((rest) => `lin_api_${rest}`),
    alphanumeric(40).map((rest) => `figd_${rest}`),
    alphanumeric(21).map((rest) => `s.1aB${rest}`),
    alphanumeric(24, 90).map((rest) => `hvs.${rest}`),
    fc.tuple(alphanumeric(31), alphanumeric(43)).map(([rest, sum]) => `s%3A1${rest}.${sum}`),
    fc.tuple(alphanumeric(20, 60), alphanumeric(30, 200), alphanumeric(20, 50)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  ].map((secret) => planted(secret, bare, inProse, inJson)),
);
const password = word(`${ALPHANUMERIC}!#$%^*_+-`, 8, 24).filter(
  (text) => /^[A-Za-z0-9]/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text),
);
const named = fc.oneof(
  planted(
    password,
    (secret) => `DB_PASSWORD=${secret}`,
    (secret) => `password: ${secret}`,
    (secret) => `passwort=${secret}`,
    (secret) => `Kennwort: ${secret}`,
    (secret) => `db.geheimnis = "${secret}"`,
    (secret) => `das Passwort ist ${secret}`,
    (secret) => `sqlplus -S scott/${secret}@db:1521/orcl`,
    (secret) => `jdbc:oracle:thin:scott/${secret}@//db:1521/orcl`,
    (secret) => `opened app:${secret}@tcp(db:3306)/shop`,
    (secret) => `https://ada@shop.example:${secret}@proxy.example/x`,
    (secret) => `{"user":"app","password":"${secret}"}`,
    (secret) => JSON.stringify(JSON.stringify({ clientSecret: secret })),
    (secret) => `spring.datasource.password = '${secret}'`,
    (secret) => `Server=db;User Id=app;Password=${secret};Encrypt=true`,
    (secret) => `postgres://app:${encodeURIComponent(secret)}@db:5432/shop`,
    (secret) => `mysqldump --password ${secret} shop`,
    (secret) => `mysql -h db -u app -p${secret} shop`,
    (secret) => `sshpass -p ${secret} ssh host`,
    (secret) => `login failed: the password is ${secret}`,
    (secret) => `<password>${secret}</password>`,
    (secret) => `env:\n  - name: DB_PASSWORD\n    value: ${secret}\n`,
    (secret) => JSON.stringify([{ name: 'DB_PASSWORD', value: secret }], null, 2),
    (secret) => JSON.stringify({ text: JSON.stringify({ key: 'clientSecret', value: secret }) }),
    (secret) => JSON.stringify({ passwords: ['old', secret] }),
    (secret) => `ALTER USER app WITH PASSWORD '${secret}'`,
    (secret) => `connect(host="db", passwd="${secret}")`,
    (secret) => `const passphrase: string = "${secret}";`,
    (secret) => `dbPassword := "${secret}"`,
  ).map(([text, secret]) => [text, text.includes('postgres:') ? encodeURIComponent(secret) : secret] as const),
  planted(
    hex(32),
    (secret) => `DD_API_KEY=${secret}`,
    (secret) => `curl -H 'DD-API-KEY: ${secret}'`,
    (secret) => `api key: ${secret}`,
  ),
  planted(
    hex(40),
    (secret) => `DD_APP_KEY: "${secret}"`,
    (secret) => `?application_key=${secret}&from=1`,
  ),
  planted(
    key,
    (secret) => `Authorization: Bearer ${secret}`,
    (secret) => `{"authorization":"Bearer ${secret}"}`,
    (secret) => `sent with bearer ${secret}1 to the API`,
    (secret) => `https://api.example/v1?token=${secret}&page=2`,
    (secret) => `Set-Cookie: session=${secret}; Path=/`,
    (secret) => `{"set-cookie":["sid=${secret}; Path=/","a=1"]}`,
    (secret) => `'set-cookie': [ 'sid=${secret}`,
    (secret) => `aws_secret_access_key = ${secret}`,
    (secret) => `AccountName=shop;AccountKey=${secret}==;EndpointSuffix=core`,
    (secret) => `https://${secret}@o1.ingest.example/2`,
  ),
);

describe('redacting what leaves the machine', () => {
  it('lets no secret through, whatever text stands around it', () => {
    fc.assert(
      fc.property(fc.oneof(shaped, named), fc.string(), fc.string(), ([text, secret], before, after) => {
        const safe = redact(`${before}\n${text}\n${after}`);
        assert.ok(!safe.includes(secret), safe);
        assert.match(safe, /<SECRET_1>/);
      }),
      { numRuns: 1500 },
    );
  });

  it('never shows a secret again, though the answer names its placeholder', () => {
    const redactor = createRedactor(all);
    redactor.redact('password=hunter2-very-secret');
    assert.equal(redactor.restore('the password <SECRET_1> was refused'), 'the password <SECRET_1> was refused');
  });

  it('puts everything else back as it was', () => {
    const email = fc.tuple(alphanumeric(1, 20), alphanumeric(1, 20)).map(([name, host]) => `${name}@${host}.example`);
    const ipv6 = fc.array(hex(4), { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    const forged = fc.tuple(fc.constantFrom('EMAIL', 'SECRET', 'IP', 'TEXT'), fc.nat(5)).map(([kind, id]) => `<${kind}_${id}>`);
    const piece = fc.oneof(email, fc.ipV4(), ipv6, fc.constantFrom('4111 1111 1111 1111', '+49 30 1234567'), forged, fc.lorem());
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.constantFrom(' ', '\n', ', ', ' <', '> '))), (pieces) => {
        const text = pieces.flat().join('');
        const redactor = createRedactor(all);
        assert.equal(redactor.restore(redactor.redact(text)), text);
      }),
      { numRuns: 500 },
    );
  });

  it('gives arbitrary text without secrets back unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('é', '日本', '\u202e', '\ud800', '\0', '😀'))), (parts) => {
        const text = parts.join('');
        const redactor = createRedactor(all);
        const safe = redactor.redact(text);
        if (redactor.counts().SECRET === 0) assert.equal(redactor.restore(safe), text);
      }),
    );
  });

  it('leaves what only looks like a secret: ids, versions, types, calls, words about secrets', () => {
    const lines = [
      'commit 7821c27f0a1b2c3d4e5f60718293a4b5c6d7e8f9 trace_id=0a1b2c3d4e5f60718293a4b5c6d7e8f9 span 1234567890123456789',
      'password must have 8 characters; invalid token: unexpected end',
      'tokens: 512, max_tokens=4096, secretName: my-secret, cookie_enabled: true, pass: 12, fail: 0',
      'at com.shop.auth.TokenFilter.doFilter(TokenFilter.java:42) Cafe::Bed std::string::npos aa:bb:cc:dd:ee:ff 12:34:56',
      'InvalidPasswordException: user entered wrong password; cache key: user:1234:profile',
      'git@github.com:shop/catalog.git Chrome/120.0.0.0 v1.2.3.4 127.0.0.1:8080 image@sha256:abcdef',
      'ssh://git@github.com:shop/catalog.git failed to connect shop/api@sha256:0a1b then scott/tiger@host cache-key-0a1b2c3d4e5f60718293a4b5c6d7',
      'const s.firstOrderOfThisCustomer = 12345678:AB, keyboard-key-press s.aB1(x) Passwortregel, figdata lin_api NRAK s%3Ashoes',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a shell
      'password = getPassword(user); api_key=${API_KEY}; secret: process.env.SECRET; token = parser.next()',
    ];
    for (const line of lines) assert.equal(redact(line), line);
  });

  it('takes nothing for a secret that systems of many kinds log', () => {
    const redactor = createRedactor({ personalData: false, ipAddresses: false });
    const lines = syntheticLogs(1, 700).flatMap(({ messages }) => messages);
    assert.ok(lines.length > 3000);
    assert.deepEqual(
      lines.filter((line) => redactor.redact(line).includes('<SECRET_')),
      [],
    );
  });

  it('finds addresses in the forms that logs write them in', () => {
    const settings = { personalData: false, ipAddresses: true };
    const safe = createRedactor(settings).redact(
      'peer [2001:db8::1]:443, 2001:db8::1: refused, ::ffff:10.0.0.1, db/10.0.0.2:5432, fe80::1%eth0',
    );
    assert.equal(safe, 'peer [<IP_1>]:443, <IP_1>: refused, <IP_2>, db/<IP_4>:5432, <IP_3>');
  });

  it('hides the part of the address of a web hook that is its key', () => {
    const hooks = [
      'https://discord.com/api/webhooks/12345/abcDEF-ghi_jkl',
      'https://acme.webhook.office.com/webhookb2/1a2b3c4d-1111@2222/x',
    ];
    for (const hook of hooks) assert.match(redact(`posted to ${hook}`), /^posted to https:\/\/.*(?:12345|webhookb2)\/<SECRET_1>$/);
  });

  it('takes no header without a value, and no count of requests, for a secret', () => {
    for (const text of ['Set-Cookie dropped by proxy', 'passwordResetRequests=1200', 'the password is invalid', 'mysql -h db -P 3306'])
      assert.equal(redact(text), text);
  });

  it('keeps the shape of what holds secrets', () => {
    assert.equal(
      redact('{"credentials": {"user": "app", "password": "x1"}}'),
      '{"credentials": {"user": "app", "password": "<SECRET_1>"}}',
    );
    assert.equal(redact('{"name": "LOG_LEVEL", "value": "debug"}'), '{"name": "LOG_LEVEL", "value": "debug"}');
    assert.equal(redact('{"secrets": [], "passwords": ["a1", "b2"]}'), '{"secrets": [], "passwords": [<SECRET_1>]}');
  });

  it('keeps the parts of an address that say where it leads', () => {
    assert.equal(redact('redis://:s3cr3t@cache:6379/0'), 'redis://:<SECRET_1>@cache:6379/0');
    assert.equal(redact('amqp://shop:a@b@queue:5672/v?x=1'), 'amqp://shop:<SECRET_1>@queue:5672/v?x=1');
  });

  it('takes a private key whole, also where its end was cut off', () => {
    const body = 'MIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuvwxyz\nABCDEF0123456789==\n';
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${body}-----END RSA PRIVATE KEY-----`;
    assert.equal(redact(`a ${key} b`), 'a <SECRET_1> b');
    assert.equal(redact(JSON.stringify({ key })), '{"key":"<SECRET_1>"}');
    assert.equal(redact(`-----BEGIN PRIVATE KEY-----\n${body}(cut)`), '<SECRET_1>(cut)');
    assert.equal(redact(`-----BEGIN PRIVATE KEY-----\n${'QUJD\n'.repeat(5000)}!`), '<SECRET_1>!');
  });

  it('takes no UUID for a card, though its first digits could be one', () => {
    const line = '[instance: 43003757-1533-4061-a1b7-b50ea5343d36] paused';
    assert.equal(redact(line), line);
  });

  it('gives the same value the same placeholder in all texts', () => {
    const redactor = createRedactor(all);
    assert.equal(redactor.redact('ada@shop.example from 10.1.2.3'), '<EMAIL_1> from <IP_1>');
    assert.equal(redactor.redact('10.1.2.3, bob@shop.example, ada@shop.example'), '<IP_1>, <EMAIL_2>, <EMAIL_1>');
    assert.deepEqual(redactor.counts(), { SECRET: 0, EMAIL: 2, IP: 1, CARD: 0, PHONE: 0, TEXT: 0 });
  });

  it('does not restore a forged placeholder into the value of another', () => {
    const redactor = createRedactor(all);
    const safe = redactor.redact('mail ada@shop.example, then write <EMAIL_1> and <SECRET_1>');
    assert.equal(safe, 'mail <EMAIL_1>, then write <TEXT_1> and <TEXT_2>');
    assert.equal(redactor.restore('<TEXT_1> is not <EMAIL_1>, nor is <EMAIL_7>'), '<EMAIL_1> is not ada@shop.example, nor is <EMAIL_7>');
  });

  it('hides a key that stood behind its name wherever it stands alone', () => {
    const redactor = createRedactor(all);
    const key = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
    assert.equal(redactor.redact(`api_key=${key}; sent ${key}`), 'api_key=<SECRET_1>; sent <SECRET_1>');
    assert.equal(redactor.redact(`again ${key}.`), 'again <SECRET_1>.');
  });

  it('leaves personal data and addresses alone where the settings say so, but never secrets', () => {
    const redactor = createRedactor({ personalData: false, ipAddresses: false });
    assert.equal(
      redactor.redact('ada@shop.example 10.0.0.7 +49 30 1234567 4111111111111111 password=x1'),
      'ada@shop.example 10.0.0.7 +49 30 1234567 <CARD_1> password=<SECRET_1>',
    );
  });

  it('needs time in proportion to the length of hostile text', () => {
    const size = 60_000;
    const pieces = [
      'a',
      'a@',
      '1',
      '1.',
      ':',
      'a:',
      '-----BEGIN PRIVATE KEY-----',
      'password=',
      'password="',
      '://a:',
      '<EMAIL_1',
      '\\',
      ' ',
      '+1 ',
      'eyJ.',
      'name: ',
      'name:a value:',
      'password:[',
      'token=',
      'dsn=((((',
      'cookie = f( ',
      'set-cookie: [',
      'connect a/',
      '12345678:AA',
      '://a@b:',
      's%3A1.',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(size / piece.length));
      assert.ok(redact(text).length > 0, piece);
    }
  });
});
