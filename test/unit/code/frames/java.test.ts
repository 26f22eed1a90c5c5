import assert from 'node:assert/strict';
import { javaParser } from '../../../../src/code/frames/java';
import { parseJavaFrame } from '../../../../src/code/frames/javaFrame';
import { plainLines } from '../../../../src/code/frames/text';

const parseJava = (text: string) => javaParser.parse(plainLines(text));
const lines = (...text: string[]) => text.join('\n');

describe('Java and Kotlin stack traces', () => {
  it('reads an uncaught exception with a module and a class loader', () => {
    const [exception] = parseJava(
      lines(
        'Exception in thread "main" java.lang.IllegalStateException: checkout failed',
        '\tat app//com.acme.shop@1.4.2/com.acme.shop.App.run(App.java:5)',
        '\tat com.acme.shop.App.main(App.java:9)',
      ),
    );
    assert.deepEqual([exception?.type, exception?.message], ['java.lang.IllegalStateException', 'checkout failed']);
    assert.deepEqual(
      exception?.frames.map(({ function: name, file, line, kind }) => [name, file, line, kind]),
      [
        ['com.acme.shop.App.run', 'App.java', 5, 'app'],
        ['com.acme.shop.App.main', 'App.java', 9, 'app'],
      ],
    );
  });

  it('follows causes and what was suppressed', () => {
    const parsed = parseJava(
      lines(
        'java.lang.RuntimeException: outer',
        '\tat com.acme.A.run(A.java:1)',
        '\tSuppressed: java.lang.IllegalArgumentException: close failed',
        '\t\tat com.acme.R.close(R.java:2)',
        'Caused by: com.acme.Pricing$PricingException',
        '\tat com.acme.B.run(B.java:3)',
        '\t... 3 more',
      ),
    );
    assert.deepEqual(
      parsed.map(({ type, message, relation, frames }) => [type, message, relation, frames[0]?.line]),
      [
        ['java.lang.RuntimeException', 'outer', null, 1],
        ['java.lang.IllegalArgumentException', 'close failed', 'suppressed', 2],
        ['com.acme.Pricing$PricingException', '', 'cause', 3],
      ],
    );
  });

  it('keeps frames inside a message in the message', () => {
    const [exception, ...others] = parseJava(
      lines(
        'java.lang.UnsupportedOperationException: line one',
        '\tat not.a.Frame(Fake.java:1)',
        'line three',
        '\tat com.acme.P.boom(P.java:53)',
      ),
    );
    assert.deepEqual(others, []);
    assert.match(exception?.message ?? '', /line one\n\tat not\.a\.Frame\(Fake\.java:1\)\nline three/);
    assert.deepEqual(
      exception?.frames.map((frame) => frame.line),
      [53],
    );
  });

  it('knows frames without a place, native methods and the runtime', () => {
    assert.deepEqual(parseJavaFrame('\tat com.acme.A.run(Unknown Source)')?.file, null);
    assert.equal(parseJavaFrame('\tat java.base/jdk.internal.reflect.X.invoke0(Native Method)')?.kind, 'native');
    assert.equal(parseJavaFrame('\tat java.base/java.lang.Thread.run(Thread.java:840)')?.kind, 'runtime');
    assert.equal(parseJavaFrame('\tat kotlin.collections.MapsKt.getValue(Maps.kt:294)')?.kind, 'runtime');
    assert.equal(parseJavaFrame('\tat org.springframework.web.Foo.bar(Foo.java:1)')?.kind, 'library');
    assert.equal(parseJavaFrame('\tat com.acme.PricingKt$main$2$f$1.invoke(Pricing.kt)')?.line, null);
  });

  it('leaves frames of other languages alone', () => {
    assert.equal(parseJavaFrame('    at run (/srv/a.js:1:2)'), null);
    assert.equal(parseJavaFrame('   at Acme.Shop.Run(String a) in /srv/a.cs:line 3'), null);
    assert.equal(parseJavaFrame('    at Array.map (<anonymous>)'), null);
  });
});
