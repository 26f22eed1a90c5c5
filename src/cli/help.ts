export const HELP = `aidog investigates a Datadog alert down to the commit and the line.

Usage
  aidog investigate --recording DIR | --monitor ID | --service NAME [--env ENV]
                    [--workspace DIR]... [--runbooks DIR] [--site SITE] [--base-url URL] [--json]
                    [--model MODEL [--model-url URL] [--model-price IN/OUT] [--fallback-model MODEL]]
  aidog stack       [--workspace DIR]... [--commit SHA] [--service NAME] [--json] < trace.txt
  aidog doctor      [--workspace DIR]... [--env ENV] [--site SITE] [--base-url URL] [--json]
  aidog forecast    [--threshold N [--below]] [--season N] [--interval SECONDS]
                    [--model embedded|statistical] [--model-file FILE] [--json] < series
  aidog anomalies   [--threshold SCORE] [--sigma N] [--json] < series.csv
  aidog logs        [--quiet-until TIME | --baseline FILE] [--service NAME] [--json] < service.log
  aidog traces      [--show N] [--json] < spans.ndjson
  aidog eval rca    [--set NAME]... [--data DIR] [--model MODEL] [--json]
  aidog sandbox     [--port PORT] [--statsd-port PORT] [--recording DIR [--shift]]
  aidog --help | --version

investigate
  --recording DIR    an incident that was recorded; needs no account and no network
  --monitor ID       a monitor of your Datadog account
  --service NAME     a service that reports to Datadog; --env narrows it to one environment
  --workspace DIR    a folder of the Git repository that holds the code; may be given more than once.
                     Without it: the current folder, or the recording's own commits
  --runbooks DIR     a folder with runbooks in Markdown, searched beside those of the repositories
  --site SITE        Datadog site, such as datadoghq.eu (default: DD_SITE, then datadoghq.com)
  --base-url URL     another address of the Datadog API, such as the sandbox's
  --model MODEL      the language model that words the report: none (default), ollama:NAME, openai:NAME, anthropic:NAME or
                     minimax[:NAME]. What is found, blamed and how surely never depends on it
  --model-url URL    where that model is: https, or http on this machine (default: its provider, OLLAMA_HOST for Ollama)
  --fallback-model MODEL  asked when the first one does not answer
  --model-price IN/OUT  what the model costs in US dollars for a million tokens, such as 3/15, so that the limit of 1 dollar holds
  --json             print one JSON object instead of a report
  Keys are read from DD_API_KEY and DD_APP_KEY; of models from OPENAI_API_KEY, ANTHROPIC_API_KEY,
  MINIMAX_API_KEY and OLLAMA_API_KEY.

stack
  Reads stack traces from standard input, in any of 13 languages and with any text around them, and names for each frame the
  file and the line of your working tree. The first 16 MB are read.
  --workspace DIR    a folder with the code, a Git repository or not; may be given more than once (default: the current folder)
  --commit SHA       what ran, as a commit, a tag or a version; lines are followed from there to the working tree.
                     Without it: the commit that the text names, such as git.commit.sha or dd.version of a log line
  --service NAME     prefer this service's folder where files are called alike
  --json             print one JSON object, {"traces": [...]}, instead of a report
  A text without a stack trace ends with 2; with --json also prints {"traces": []}.

doctor
  Says what keeps AIDog from naming places in the code: keys, site, permissions, spans, sampling, Git tags, commits.
  --workspace DIR    a folder with the code; may be given more than once (default: the current folder)
  --env ENV          look at the spans of one environment only
  --json             print one JSON object, {"checks": [...]}, instead of a report

forecast
  Continues series of standard input by 60 steps with a median and a band that eight of ten values stay in, and says how unusual
  the last five values are. Takes one number a line, rows of timestamp,value, or JSON lines
  {"id": …, "values": [numbers or null], "season": steps or null, "interval": seconds}; the last 512 values count.
  --threshold N      say when this value will be passed; --below: when values fall below it
  --season N         the period in steps, where it is known; it may be wrong (default: looked for)
  --interval SECONDS time between values (default: 60, or that of the timestamps)
  --model NAME       embedded (default), or statistical: without the neural network
  --model-file FILE  an ONNX model instead, [1,512] to nine quantiles of 60 steps, such as a converted Toto
  --json             JSON lines in and out: {"id", "p10", "median", "p90", "score", "model", "ms"}, or {"id", "error"} for a bad line

anomalies
  Scores each row of a series (timestamp,value as CSV, of any length) from 0 to 1 by how unusual it is beside the rows before it,
  and lists what is anomalous with the reason. Times may be ISO 8601 or since the epoch; columns are found by name.
  --threshold SCORE  what counts as anomalous (default: 0.7)
  --sigma N          standard deviations from the mean that the plain z-score rule allows (default: 3)
  --json             print one JSON object, {"scores": [one a row], "anomalies": [...]}

logs
  Groups the lines of a log by what they say and tells what is unusual: key events such as a full disk or a refused connection,
  templates that are new, burst or vanished, odd stretches and odd lines. Reads JSON lines, logfmt, syslog, lines that begin
  with a time, and plain ones, of any length, as a stream; the lines of a stack trace count as one event.
  --quiet-until TIME what comes before is usual, such as 2026-01-02T03:04:05Z
  --baseline FILE    a log of a quiet time to compare with
  --service NAME     tell of this service only, where the lines name one
  --json             print one JSON object, {"lines": [template of each line], "templates": [...], "anomalies": [...], "events": [...]}

traces
  Reads spans from standard input, as JSON lines or one JSON document: AIDog's, Datadog's span search, dd-trace's,
  OpenTelemetry's or Jaeger's. Says for each trace which spans decide how long it takes, where its error began and which calls
  repeat, retry or fan out; for all of them the first failing service, who calls whom, and slow against normal traces.
  --show N           traces that the report shows one by one, failing ones first (default: 3)
  --json             print one JSON object a line instead of a report: {"kind": "trace", ...} for each trace, at last
                     {"kind": "summary", "firstFailingService", "topology", "comparison", ...}

eval rca
  Investigates recorded incidents whose causes are known and prints how often the service, the commit and the verdict were right,
  and how well the confidences fit: the Brier score and the expected calibration error. A set is a folder with answers.json and a
  folder for each recording; only the scorer reads the answers.
  --set NAME         this set only; may be given more than once (default: every set of the folder)
  --data DIR         the folder that holds the sets (default: AIDOG_DATA)
  --model MODEL      as for investigate; the words come from it, the figures do not
  --json             print one JSON object, {"sets": [{"set", "rows": [...], ...}], "all": {...}}

sandbox
  A local server that takes what Datadog's tracers send and answers the Datadog API; listens on 127.0.0.1 until Ctrl-C.
  --port PORT        default 8126; 0 picks a free one
  --statsd-port PORT also take DogStatsD over UDP
  --recording DIR    answer from a recording, with its time standing still
  --shift            move the recording's time to the present, and let it run

Exit codes: 0 it ran, 2 bad arguments or input that cannot be read, 1 anything else.
`;
