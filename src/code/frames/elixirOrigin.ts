import type { FrameKind } from '../../domain/frame';

/** Applications that come with Erlang and Elixir. */
const RUNTIME_APPS = new Set(
  (
    'elixir eex ex_unit iex logger mix erts kernel stdlib compiler crypto ssl ssh inets public_key asn1 mnesia runtime_tools sasl tools ' +
    'debugger observer os_mon parsetools syntax_tools xmerl wx eunit common_test ftp tftp snmp megaco diameter eldap et jinterface odbc ' +
    'reltool dialyzer edoc erl_interface'
  ).split(' '),
);
/** Applications that many systems depend on. */
const LIBRARY_APPS = new Set(
  (
    'phoenix phoenix_live_view phoenix_html phoenix_pubsub phoenix_ecto phoenix_template phoenix_live_dashboard plug plug_cowboy plug_crypto ' +
    'cowboy cowlib ranch bandit thousand_island websock websock_adapter ecto ecto_sql postgrex myxql tds exqlite db_connection decimal jason poison ' +
    'absinthe absinthe_plug oban broadway broadway_kafka gen_stage flow tesla finch mint req hackney httpoison castore nimble_pool nimble_options ' +
    'poolboy swoosh bamboo telemetry telemetry_metrics telemetry_poller redix quantum cachex nebulex con_cache timex gettext guardian joken jose ' +
    'ueberauth comeonin bcrypt_elixir argon2_elixir ex_aws ex_aws_s3 sweet_xml floki mox bypass ex_machina spandex spandex_datadog sentry ' +
    'opentelemetry opentelemetry_api amqp amqp_client rabbit_common brod kafka_ex libcluster horde swarm commanded eventstore ash ash_postgres ' +
    'grpc protobuf recon worker_pool gproc lager riak_core mongodb_driver meck'
  ).split(' '),
);

/** Whether a frame of the Erlang machine is the program's own, by the application it belongs to and its path. */
export function kindOfElixirFrame(app: string | null, file: string | null): FrameKind {
  const path = file?.replaceAll('\\', '/') ?? '';
  if (app !== null && RUNTIME_APPS.has(app)) return 'runtime';
  if (path.startsWith('deps/') || path.includes('/deps/') || (app !== null && LIBRARY_APPS.has(app))) return 'library';
  if (path.startsWith('iex') || path === 'nofile') return 'eval';
  if (app === null && RUNTIME_FILES.has(path)) return 'runtime';
  return file === null && app === null ? 'native' : 'app';
}

/** Files of Erlang's own that are named without their application, as before Elixir 1.3 and in Erlang's reports. */
const RUNTIME_FILES = new Set(
  'gen_server.erl gen_statem.erl gen_event.erl gen_fsm.erl gen.erl proc_lib.erl supervisor.erl lists.erl maps.erl erl_eval.erl timer.erl erlang.erl shell.erl ets.erl dict.erl string.erl io.erl init.erl'.split(
    ' ',
  ),
);
