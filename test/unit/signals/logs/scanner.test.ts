import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shapeOf, templateText } from '../../../../src/signals/logs/row';
import { LineScanner } from '../../../../src/signals/logs/scanner';
import { MAX_MESSAGE } from '../../../../src/signals/logs/tokens';

const scanner = new LineScanner();
const masked = (text: string) => templateText(shapeOf(scanner.scan(text), text));

const CASES: Readonly<Record<string, readonly (readonly [message: string, shape: string])[]>> = {
  'numbers with signs and units': [
    ['took 25 ms', 'took <*>'],
    ['took 25ms', 'took <*>'],
    ['took -3.5 seconds to start', 'took <*> to start'],
    ['lifetime <1 sec', 'lifetime <*>'],
    ['lifetime 00:01', 'lifetime <*>'],
    ['signal <15> received', 'signal <<*>> received'],
    ['reason #8', 'reason <*>'],
  ],
  'ids, and addresses of hardware and networks': [
    ['req 6f1c2d3e-aaaa-4000-8000-123456789abc failed', 'req <*> failed'],
    ['req deadbeef-aaaa-4000-8000-123456789abc failed', 'req <*> failed'],
    ['commit de80940 built', 'commit <*> built'],
    ['token abcdefabcdef expired', 'token <*> expired'],
    ['BSSID changed to 5c:50:15:4c:bc:ed', 'BSSID changed to <*>'],
    ['Addr: fe80:0:0:0:c6b3:1ff:fecd:467f', 'Addr: <*>'],
    ['from 10.0.0.7:5432 refused', 'from <*> refused'],
    ['read at 0x7fff79824000', 'read at <*>'],
    ['fans 3552 **** 3515', 'fans <*>'],
    ['**** banner ****', '**** banner ****'],
  ],
  'names of hosts, but not of packages': [
    ['www.example.com:443 close', '<*> close'],
    ['mail to ann@example.com sent', 'mail to <*> sent'],
    ['rhost=220-135-151-1.hinet-ip.hinet.net', 'rhost=<*>'],
    ['action android.intent.action.TIME_TICK', 'action android.intent.action.TIME_TICK'],
    ['java.io.IOException: closed', 'java.io.IOException: closed'],
    ['com.example.shop.Cart loaded', 'com.example.shop.Cart loaded'],
  ],
  'paths and addresses of pages': [
    ['removing /udev/vcs2 now', 'removing <*> now'],
    ["creating '/udev/vcsa2'", 'creating <*>'],
    ['core: C:\\Windows\\winsxs\\x_31bf.dll loaded', 'core: <*> loaded'],
    ['see: http://example.com/a?b=c.', 'see: <*>'],
    ['read and/or write', 'read and/or write'],
  ],
  'times, with names of days and months': [
    ['at Fri Jun 17 07:07:00 2005', 'at <*>'],
    ['at 2017-07-03 13:48:39,308 UTC', 'at <*>'],
    ['May we start?', 'May we start'],
  ],
  'numbers in names': [
    ['node-246 up', 'node-<*> up'],
    ['blk_-1608999687919862906 added', 'blk_<*> added'],
    ['rdd_2_0 found', 'rdd_<*> found'],
    ['broadcast_2_piece0 stored', 'broadcast_<*>_piece<*> stored'],
    ['task_1445_0020_m_000000 done', 'task_<*> done'],
    ['IO80211Family up', '<*> up'],
    ['pod web-7d9f8b6c5d-x2x4z started', 'pod <*> started'],
    ['package Package_for_KB2928120~31bf3856ad364e35~amd64~~6.1.1.2, state', 'package <*>, state'],
  ],
};

describe('LineScanner', () => {
  for (const [title, cases] of Object.entries(CASES))
    it(`masks ${title}`, () => {
      for (const [message, shape] of cases) assert.equal(masked(message), shape, message);
    });

  it('keeps a place for what is not there', () => {
    assert.equal(masked('connect (): done'), masked('connect (10.0.0.1): done'));
    assert.equal(masked('logname= uid=0'), masked('logname=17 uid=0'));
    assert.equal(masked('args []'), masked('args [7]'));
  });

  it('drops a remark that says the same in other units', () => {
    assert.equal(masked('1293 bytes (1.26 KB) sent'), masked('12 bytes sent'));
    assert.notEqual(masked('probing (bus 00)'), masked('probing'));
  });

  it('takes lists for one value, whatever their length', () => {
    assert.equal(masked('frame [0, 0, 1440, 900]'), masked('frame [0, 0]'));
    assert.equal(masked('delete blk_1 blk_2 blk_3'), masked('delete blk_1'));
    assert.equal(masked('sets node-1 0x1f <ok> node-2 0xff <ok>'), masked('sets node-1 0x1f <ok>'));
  });

  it('takes truth values for values only where they are given to a name', () => {
    assert.equal(masked('ready=true,mode=false'), masked('ready=false,mode=true'));
    assert.equal(masked('allDrawn= false'), masked('allDrawn= true'));
    assert.notEqual(masked('answer is true'), masked('answer is false'));
  });

  it('reads the beginning of an enormous message and no more', () => {
    const long = 'word '.repeat(1_000_000);
    const tokens = scanner.scan(long);
    assert.ok(tokens.count > 0 && tokens.count <= 256);
    assert.equal(tokens.length, MAX_MESSAGE);
  });

  it('survives any text, in order and without overlap', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'a1:.=()<>/\\ -_@"\''), maxLength: 80 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = scanner.scan(text);
        for (let at = 0; at < tokens.count; at++) {
          const start = tokens.starts[at] ?? -1;
          const end = tokens.ends[at] ?? -1;
          assert.ok(start >= 0 && start <= end && end <= text.length);
          assert.ok(at === 0 || start >= (tokens.ends[at - 1] ?? 0));
        }
      }),
    );
  });

  it('does not remember the message before', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
        const alone = masked(one);
        masked(other);
        assert.equal(masked(one), alone);
      }),
    );
  });
});
