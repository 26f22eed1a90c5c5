import type { Conceal } from './placeholders';

/** Keys that can be told by how they begin, wherever they stand; texts are cut on their way here, so few characters must do. */
const SHAPES = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{4,16}', // AWS access key ids
  'gh[pousr]_[A-Za-z0-9]{4,255}', // GitHub
  'github_pat_[A-Za-z0-9_]{4,255}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_.-]{4,300}', // GitLab
  'xox[a-z]-[A-Za-z0-9-]{4,300}', // Slack
  'xapp-[A-Za-z0-9-]{4,300}',
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{4,300}', // Stripe
  'whsec_[A-Za-z0-9+/=]{4,300}',
  'AIza[A-Za-z0-9_-]{4,35}', // Google
  'ya29\\.[A-Za-z0-9_-]{4,2000}',
  'GOCSPX-[A-Za-z0-9_-]{4,100}',
  'sk-(?:[A-Za-z0-9_-]{20,300}|(?=[A-Za-z_-]{0,20}\\d)[A-Za-z0-9_-]{8,20})', // OpenAI, Anthropic
  'dd(?:app|pat|api)_[A-Za-z0-9_-]{20,200}', // Datadog
  'pub[0-9a-f]{32}',
  'npm_(?:[A-Za-z0-9]{30,100}|(?=[A-Za-z]{0,20}\\d)[A-Za-z0-9]{4,30})',
  'pypi-Ag[A-Za-z0-9_-]{4,400}',
  'SG\\.[A-Za-z0-9_-]{16,40}\\.[A-Za-z0-9_-]{16,80}', // SendGrid
  '(?:AC|SK)[0-9a-f]{32}', // Twilio
  'do[opr]_v1_[a-f0-9]{40,100}', // DigitalOcean
  'hf_[A-Za-z0-9]{30,100}', // Hugging Face
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}', // Shopify
  'hv[sbr]\\.[A-Za-z0-9_-]{8,300}', // HashiCorp Vault
  's\\.(?=[A-Za-z]{0,23}\\d)(?=[A-Z0-9]{0,23}[a-z])(?=[a-z0-9]{0,23}[A-Z])[A-Za-z0-9]{24}(?![\\w(])',
  'glsa_[A-Za-z0-9_]{4,100}', // Grafana
  'glc_[A-Za-z0-9+/=]{20,400}',
  'NR(?:AK|AA|JS|II|IQ|SP)-[A-Za-z0-9_-]{4,100}', // New Relic
  '(?<!-)key-(?=[a-z]{0,31}\\d)[0-9a-z]{24,40}', // Mailgun
  '(?:bot)?\\d{8,10}:AA[A-Za-z0-9_-]{6,60}', // Telegram
  'lin_(?:api|oauth)_[A-Za-z0-9]{4,100}', // Linear
  'fig[do]_[A-Za-z0-9_-]{4,100}', // Figma
  'ATATT3[A-Za-z0-9_=-]{4,300}', // Atlassian
  's%3A(?=[A-Za-z_-]{0,32}\\d)[A-Za-z0-9_-]{4,200}(?:\\.[A-Za-z0-9%+/_-]{0,300})?', // signed cookies of Express
  'eyJ[A-Za-z0-9_-]{8,8000}(?:\\.[A-Za-z0-9_-]{0,8000}){0,4}', // JSON web tokens
];
const KNOWN = new RegExp(`(?<![A-Za-z0-9])(?:${SHAPES.join('|')})`, 'g');

/** `https://user:password@host`: the password, also of a user who is an e-mail address; a token without a name before it, such as in an address of Sentry: all of it. */
const URL_PASSWORD = /(?<=:\/\/[^\s:/?#"'<>]{0,256}:)[^\s/"'<>]{1,1024}(?=@)/g;
/** The same cut before its end; a number is a port. */
const URL_CUT = /(?<=:\/\/[^\s:@/?#"'<>[]{1,256}:)(?!\d{1,5}(?![\w%-]))[^\s:/"'<>@()\],;]{1,1024}/g;
const URL_TOKEN = /(?<=:\/\/)[A-Za-z0-9_-]{16,256}(?=@)/g;

/** `sqlplus scott/tiger@host`, `jdbc:oracle:thin:scott/tiger@host`: elsewhere what stands so is a path or the name of a package. */
const ORACLE_PASSWORD =
  /(?<=\b(?:jdbc:oracle:\w{1,8}:|(?:sqlplus|sqlldr|rman|expdp|impdp|connect|conn|connect(?:ion)?[ _-]?string|dsn|userid)\b["'(=: ]{1,4}(?:-[A-Za-z]{1,9}[ ]{1,4}){0,2})[\w$#]{1,64}\/)[^\s"'<>@/]{1,128}(?=@(?!sha256:))/gi;

/** `user:password@tcp(host:3306)/db`, as drivers of Go write it. */
const GO_PASSWORD = /(?<=(?<![\w-])[\w-]{1,64}:)[^\s"'<>/]{1,256}(?=@(?:tcp|unix)\()/g;

/** Addresses whose path is the key. */
const SECRET_PATHS =
  /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9_/-]{4,200}|(?<=discord(?:app)?\.com\/api\/webhooks\/\d{1,25}\/)[A-Za-z0-9_-]{4,200}|(?<=webhook\.office\.com\/webhookb2\/)[A-Za-z0-9@/_-]{4,300}|(?<=\/v\d\/input\/)[0-9a-f]{32}/g;

/** `Bearer …` in any text. A digit tells a token from a word of prose. */
const BEARER = /(?<=\b(?:bearer|basic)[ \t]{1,4})(?=[^\s\d]{0,200}\d|[A-Za-z+/]{0,200}=)[A-Za-z0-9._~+/-]{12,8000}={0,2}/gi;

/** `mysql -psecret`, `sshpass -p secret`: an option of one letter that other programs use for ports and paths. */
const SHORT_OPTIONS =
  /(?<=\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n|;]{0,200}[ ]-p)[^\s'"]{1,500}|(?<=\bsshpass[ ]{1,4}-p[ ]{0,4}['"]?)[^\s'"]{1,500}/g;

/** `the password is hunter2`: a digit tells it from a word of prose such as `invalid`. */
const SPOKEN =
  /(?<=\b(?:password|passwd|passphrase|secret|api key|token|passwort|kennwort) (?:is|was|ist|war|lautet) ['"]?)(?=[^\s'"]{0,100}\d)[^\s'"]{6,200}(?<![.,;:)])/gi;

/** `curl -u user:password`, `IDENTIFIED BY '…'`, `WITH PASSWORD '…'`. */
const COMMANDS =
  /(?<=\s(?:-u|--user)[ =]['"]?[^\s:'"]{1,100}:)[^\s'"]{1,500}|(?<=\b(?:IDENTIFIED[ ]{1,4}BY|PASSWORD)[ ]{1,4}['"])[^'"\n]{1,500}(?=['"])/gi;

const RULES = [
  SPOKEN,
  SHORT_OPTIONS,
  URL_PASSWORD,
  ORACLE_PASSWORD,
  GO_PASSWORD,
  URL_CUT,
  URL_TOKEN,
  SECRET_PATHS,
  KNOWN,
  BEARER,
  COMMANDS,
];

/** Keys of known shapes, passwords in addresses, bearer tokens. */
export function concealShapes(text: string, conceal: Conceal): string {
  return RULES.reduce((rest, rule) => rest.replace(rule, (secret) => conceal('SECRET', secret)), text);
}
