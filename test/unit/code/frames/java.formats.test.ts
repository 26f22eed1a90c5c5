import assert from 'node:assert/strict';
import { javaParser } from '../../../../src/code/frames/java';
import { assertRanges, framesOf, itIsSafe, lines, read, weights } from './parsing';

describe('What Java, Kotlin and their loggers print', () => {
  itIsSafe(javaParser, [
    '\tat a.b.C.d(C.java:1)\n',
    'Caused by: a.B: x\n',
    'Suppressed: ',
    '... 3 more\n',
    'java.lang.Error: x\n',
    '(Native Method)',
    '[app//',
  ]);

  it('leaves out frames that are common with the trace around, and what logback adds', () => {
    const text = lines(
      'java.lang.IllegalStateException: outer',
      '\tat com.acme.A.run(A.java:1) ~[app.jar:1.0]',
      '\tat com.acme.A.main(A.java:2) [app.jar!/:na]',
      'Caused by: com.acme.B$Failed: inner',
      '\tat com.acme.B.run(B.java:3)',
      '\t... 27 common frames omitted',
      'Caused by: java.io.IOException: disk',
      '\tat com.acme.Disk.read(Disk.java:4)',
      '\t... 28 more',
    );
    assert.deepEqual(read(javaParser, text), [
      [null, 'java.lang.IllegalStateException', 'outer', ['app com.acme.A.run (A.java:1)', 'app com.acme.A.main (A.java:2)']],
      ['cause', 'com.acme.B$Failed', 'inner', ['app com.acme.B.run (B.java:3)']],
      ['cause', 'java.io.IOException', 'disk', ['app com.acme.Disk.read (Disk.java:4)']],
    ]);
    assertRanges(javaParser, text);
  });

  it('turns a log round that prints the root cause first', () => {
    const text = lines(
      'java.io.IOException: root',
      '\tat com.acme.Disk.read(Disk.java:4)',
      'Wrapped by: com.acme.Failed: middle',
      '\tat com.acme.B.run(B.java:3)',
      'Wrapped by: java.lang.IllegalStateException: top',
      '\tat com.acme.A.run(A.java:1)',
      'java.lang.Error: another',
      '\tat com.acme.C.run(C.java:1)',
    );
    assert.deepEqual(
      read(javaParser, text).map(([relation, type]) => [relation, type]),
      [
        [null, 'java.lang.IllegalStateException'],
        ['cause', 'com.acme.Failed'],
        ['cause', 'java.io.IOException'],
        [null, 'java.lang.Error'],
      ],
    );
  });

  it('calls the cause of something suppressed suppressed too', () => {
    const text = lines(
      'java.lang.RuntimeException: outer',
      '\tat com.acme.A.run(A.java:1)',
      '\tSuppressed: java.lang.IllegalArgumentException: close failed',
      '\t\tat com.acme.R.close(R.java:2)',
      '\tCaused by: java.io.IOException: gone',
      '\t\tat com.acme.R.flush(R.java:9)',
      'Caused by: com.acme.Root',
      '\tat com.acme.B.run(B.java:3)',
    );
    assert.deepEqual(
      read(javaParser, text).map(([relation, type]) => [relation, type]),
      [
        [null, 'java.lang.RuntimeException'],
        ['suppressed', 'java.lang.IllegalArgumentException'],
        ['suppressed', 'java.io.IOException'],
        ['cause', 'com.acme.Root'],
      ],
    );
  });

  it('keeps names of exceptions, empty lines and frames in a message', () => {
    const text = lines(
      'java.lang.RuntimeException: javax.mail.SendFailedException: Invalid Addresses;',
      '  nested exception is:',
      'com.sun.mail.smtp.SMTPAddressFailedException: 550 5.7.1 denied',
      '',
      '\tat com.acme.Mail.send(Mail.java:236)',
      'Caused by: javax.mail.SendFailedException: 550 5.7.1 denied',
    );
    assert.deepEqual(
      read(javaParser, text).map(([, type, message, frames]) => [type, message.split('\n').length, frames.length]),
      [
        ['java.lang.RuntimeException', 3, 1],
        ['javax.mail.SendFailedException', 1, 0],
      ],
    );
  });

  it('separates traces, also behind a cause without frames', () => {
    const one = lines('a.b.FirstException: x', '\tat a.b.C.d(C.java:1)', 'Caused by: a.b.RootException: y');
    assert.deepEqual(
      read(javaParser, lines(one, '', 'some words', '', one)).map(([relation, type]) => [relation, type]),
      [
        [null, 'a.b.FirstException'],
        ['cause', 'a.b.RootException'],
        [null, 'a.b.FirstException'],
        ['cause', 'a.b.RootException'],
      ],
    );
  });

  it('reads frames of every kind', () => {
    const text = lines(
      'Exception in thread "pricer-1" java.lang.ExceptionInInitializerError',
      '\tat app//com.acme.shop@1.4.2/com.acme.shop.App.run(App.java:5)',
      '\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)',
      '\tat com.acme.Pricing$Inner$Deep.apply(Unknown Source)',
      '\tat com.acme.Pricing.<clinit>(Pricing.java:3)',
      '\tat com.acme.Pricing.lambda$main$0(Pricing.java:62)',
      '\tat com.acme.PricingKt$main$2$f$1.invoke(Pricing.kt)',
      '\tat a.b.c.a(SourceFile:12)',
      '\tat a.b.d.b(Unknown Source:8)',
      '\tat com.acme.Cart$$EnhancerBySpringCGLIB$$1f2a.total(<generated>)',
      '\tat org.springframework.web.Dispatcher.handle(Dispatcher.java:1)',
      '\tat jdk.proxy2/jdk.proxy2.$Proxy12.run(Unknown Source)',
    );
    assert.deepEqual(framesOf(javaParser, text), [
      'app com.acme.shop.App.run (App.java:5)',
      'native jdk.internal.reflect.NativeMethodAccessorImpl.invoke0 ()',
      'app com.acme.Pricing$Inner$Deep.apply ()',
      'app com.acme.Pricing.<clinit> (Pricing.java:3)',
      'app com.acme.Pricing.lambda$main$0 (Pricing.java:62)',
      'app com.acme.PricingKt$main$2$f$1.invoke (Pricing.kt)',
      'app a.b.c.a (12)',
      'app a.b.d.b (8)',
      'app com.acme.Cart$$EnhancerBySpringCGLIB$$1f2a.total ()',
      'library org.springframework.web.Dispatcher.handle (Dispatcher.java:1)',
      'runtime jdk.proxy2.$Proxy12.run ()',
    ]);
  });

  it('reads frames that an agent prints without "at"', () => {
    const text = lines(
      '\tcom.acme.UtilsKt.get(Utils.kt:25)',
      '\tjava.base/java.nio.file.Files.newByteChannel(Files.java:371)',
      '\tnot.a.frame(Utils)',
    );
    assert.deepEqual(framesOf(javaParser, text), [
      'app com.acme.UtilsKt.get (Utils.kt:25)',
      'runtime java.nio.file.Files.newByteChannel (Files.java:371)',
    ]);
  });

  it('reads frames that follow no header', () => {
    assert.deepEqual(read(javaParser, '\tat a.b.C.d(C.java:1)'), [[null, 'Exception', '', ['app a.b.C.d (C.java:1)']]]);
  });

  it('weighs frames, and causes a little', () => {
    assert.deepEqual(
      weights(
        javaParser,
        lines('\tat a.b.C.d(C.java:1)', '\tat a.b.C.d(Unknown Source)', 'Caused by: a.B: x', 'Caused by: ', 'at f (/srv/a.js:1:2)'),
      ),
      [2, 1, 1, 0, 0],
    );
  });
});
