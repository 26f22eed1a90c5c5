import { commit, type SuspectCase } from './suspectCase';

/** What a release brings besides code: migrations, images, rights, log levels, packages and defaults. */
export const releaseCases: readonly SuspectCase[] = [
  {
    name: 'column-now-required',
    service: 'signup',
    title: 'signup failures',
    calls: { site: ['signup'], signup: ['users-pg'] },
    series: [['signup', 'http_500_ratio', 'fraction', 0.002, 0.91]],
    logs: [['signup', 'error', 'ERROR: null value in column "locale" of relation "users" violates not-null constraint (SQLSTATE 23502)']],
    commits: [
      commit('guilty', 14, 'users: every user has a locale', {
        'users-pg/migrations/20260401_locale.sql':
          "+UPDATE users SET locale = 'en' WHERE locale IS NULL;\n+ALTER TABLE users ALTER COLUMN locale SET NOT NULL;",
      }),
      commit('decoy-form', 9, 'signup: validate the address before saving', {
        'signup/src/form.rb': '+  validates :email, presence: true, format: { with: URI::MailTo::EMAIL_REGEXP }',
      }),
      commit('decoy-old', 180, 'signup: suggest a locale', { 'signup/src/locale.rb': '+  def suggested = header.split(",").first' }),
    ],
    deployments: [[5, 'signup', 'decoy-form']],
    guilty: 'guilty',
  },
  {
    name: 'newer-base-image',
    service: 'scorer',
    title: 'scorer does not start',
    calls: { risk: ['scorer'] },
    series: [
      ['scorer', 'kubernetes.containers.restarts', null, 0, 7],
      ['risk', 'http_5xx_ratio', 'fraction', 0.003, 0.5],
    ],
    logs: [['scorer', 'error', "ModuleNotFoundError: No module named 'distutils'"]],
    commits: [
      commit('guilty', 19, 'build: current base images', {
        'scorer/Dockerfile': '-FROM python:3.11-slim\n+FROM python:3.12-slim\n WORKDIR /app\n COPY . .',
        'risk/Dockerfile': '-FROM eclipse-temurin:21.0.2\n+FROM eclipse-temurin:21.0.3',
      }),
      commit('decoy-module', 28, 'scorer: move features to a module', {
        'scorer/scorer/features.py': '-from scorer.main import ratio\n+from scorer.maths import ratio',
        'scorer/scorer/maths.py': '+def ratio(a, b):\n+    return a / b if b else 0.0',
      }),
      commit('decoy-newest', 7, 'risk: a reason with each refusal', {
        'risk/src/main/java/com/acme/risk/Refusal.java': '+  private final String reason;',
      }),
    ],
    deployments: [
      [8, 'scorer', 'guilty'],
      [5, 'risk', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'right-withdrawn',
    service: 'uploads',
    title: 'uploads errors',
    calls: { app: ['uploads'] },
    series: [['uploads', 'error_rate', 'fraction', 0.001, 0.88]],
    logs: [
      [
        'uploads',
        'error',
        'AccessDenied: User: arn:aws:sts::111122223333:assumed-role/uploads is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme-uploads/*"',
      ],
    ],
    commits: [
      commit('guilty', 24, 'iam: least privilege for upload roles', {
        'terraform/iam/uploads.tf':
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of somebody's diff
          '   statement {\n-    actions   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"]\n+    actions   = ["s3:GetObject"]\n     resources = ["${aws_s3_bucket.uploads.arn}/*"]\n   }',
      }),
      commit('decoy-chunk', 16, 'uploads: larger chunks', { 'uploads/src/chunks.ts': '-const CHUNK_MIB = 5;\n+const CHUNK_MIB = 8;' }),
      commit('decoy-newest', 5, 'uploads: refuse uploads without a name', {
        'uploads/src/validate.ts': '+  if (!file.name) throw new BadRequest("file has no name");',
      }),
    ],
    deployments: [
      [12, 'uploads', 'decoy-chunk'],
      [3, 'uploads', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'chatty-level',
    service: 'ledger',
    title: 'ledger disk',
    calls: { bank: ['ledger'] },
    series: [
      ['ledger', 'system.disk.used_percent', 'percent', 41, 100],
      ['ledger', 'log_lines_per_second', null, 60, 8800],
    ],
    logs: [['ledger', 'error', 'write /var/log/ledger/app.log: no space left on device']],
    commits: [
      commit('guilty', 90, 'ledger: find out why bookings differ', {
        'ledger/src/main/resources/logback.xml':
          '-  <logger name="com.acme.ledger" level="INFO"/>\n+  <logger name="com.acme.ledger" level="TRACE"/>',
      }),
      commit('decoy-export', 50, 'ledger: export to disk as parquet', {
        'ledger/src/main/java/com/acme/ledger/Export.java': '-    writer.csv(path);\n+    writer.parquet(path);',
      }),
      commit('decoy-newest', 11, 'bank: show the booking date', { 'bank/src/row.tsx': '+  <td>{booking.date}</td>' }),
    ],
    deployments: [
      [85, 'ledger', 'guilty'],
      [40, 'ledger', 'decoy-export'],
      [9, 'bank', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'major-version',
    service: 'billing',
    title: 'billing errors',
    calls: { web: ['billing'] },
    series: [['billing', 'http_5xx_ratio', 'fraction', 0.001, 1]],
    logs: [
      [
        'billing',
        'error',
        "java.lang.NoSuchMethodError: 'com.fasterxml.jackson.databind.ObjectMapper com.fasterxml.jackson.databind.ObjectMapper.registerModules()'",
      ],
    ],
    commits: [
      commit('guilty', 27, 'build: bump the dependency group', {
        'billing/build.gradle.kts':
          '     implementation("io.micrometer:micrometer-core:1.13.0")\n-    implementation("com.fasterxml.jackson.core:jackson-databind:2.17.1")\n+    implementation("com.fasterxml.jackson.core:jackson-databind:3.0.0")',
      }),
      commit('decoy-bump', 15, 'build: bump logback', {
        'billing/build.gradle.kts':
          '-    implementation("ch.qos.logback:logback-classic:1.5.5")\n+    implementation("ch.qos.logback:logback-classic:1.5.6")',
      }),
      commit('decoy-mapper', 40, 'billing: an object mapper of our own for invoices', {
        'billing/src/main/kotlin/com/acme/billing/Json.kt': '+val invoiceMapper = ObjectMapper().findAndRegisterModules()',
      }),
    ],
    deployments: [
      [8, 'billing', 'guilty'],
      [4, 'billing', 'decoy-bump'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'on-by-default',
    service: 'search',
    title: 'search errors',
    calls: { site: ['search'], search: ['vectors'] },
    series: [['search', 'http_5xx_ratio', 'fraction', 0.001, 0.62]],
    logs: [['search', 'error', 'vector lookup failed: collection products_v2 not found']],
    commits: [
      commit('guilty', 20, 'search: tidy the switches', {
        'search/src/switches.ts':
          ' export const switches = {\n-  semanticLookup: readSwitch("semantic_lookup", false),\n+  semanticLookup: readSwitch("semantic_lookup", true),\n   synonyms: readSwitch("synonyms", true),\n };',
      }),
      commit('decoy-lookup', 45, 'search: clearer message when a lookup fails', {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of somebody's diff
        'search/src/vectorLookup.ts': '-    throw new Error("lookup failed");\n+    throw new Error(`vector lookup failed: ${reason}`);',
      }),
      commit('decoy-newest', 6, 'site: search box in the header', { 'site/src/Header.tsx': '+      <SearchBox placeholder="Search" />' }),
    ],
    deployments: [
      [15, 'search', 'guilty'],
      [4, 'site', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
];
