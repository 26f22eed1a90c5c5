/** Words of English that stand in every text, and words that stand in every alert and runbook. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can cannot
could did do does doing done during each either else every few for from further had has have having he her here hers him his how
however i if in into is it its itself just least less like ll many may me might more most much must my near need no nor not now of
off often on once one only onto or other others ought our out over own per please put rather re same see several shall she should
since so some such than that the their them then there these they this those though through thus to too two under until up upon us
use used uses using ve very via was we well were what when where whether which while who whom whose why will with within without
would yet you your yours alert alerts alerting fires firing fired triggered triggers runbook runbooks page paged warning critical
severity incident monitor monitors http https www com`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
