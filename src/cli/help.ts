export const HELP = `aidog investigates a Datadog alert down to the commit and the line.

Usage
  aidog investigate --recording DIR | --monitor ID | --service NAME [--env ENV]
                    [--workspace DIR]... [--site SITE] [--base-url URL] [--json]
  aidog sandbox     [--port PORT] [--statsd-port PORT] [--recording DIR [--shift]]
  aidog --help | --version

investigate
  --recording DIR    an incident that was recorded; needs no account and no network
  --monitor ID       a monitor of your Datadog account
  --service NAME     a service that reports to Datadog; --env narrows it to one environment
  --workspace DIR    a folder of the Git repository that holds the code; may be given more than once.
                     Without it: the current folder, or the recording's own commits
  --site SITE        Datadog site, such as datadoghq.eu (default: DD_SITE, then datadoghq.com)
  --base-url URL     another address of the Datadog API, such as the sandbox's
  --json             print one JSON object instead of a report
  Keys are read from DD_API_KEY and DD_APP_KEY.

sandbox
  A local server that takes what Datadog's tracers send and answers the Datadog API; listens on 127.0.0.1 until Ctrl-C.
  --port PORT        default 8126; 0 picks a free one
  --statsd-port PORT also take DogStatsD over UDP
  --recording DIR    answer from a recording, with its time standing still
  --shift            move the recording's time to the present, and let it run

Exit codes: 0 it ran, 2 bad arguments or an unreadable recording, 1 anything else.
`;
