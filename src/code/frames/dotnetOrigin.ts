import type { FrameKind } from '../../domain/frame';

const RUNTIME = [
  'System.',
  'Microsoft.',
  'Mono.',
  'MS.',
  'Internal.',
  'Interop.',
  'Interop+',
  'UnityEngine.',
  'UnityEditor.',
  'Windows.',
  'FSharp.',
];
/** What the runtime calls methods that it makes itself. */
const GENERATED = 'lambda_method';
const LIBRARIES = [
  'Npgsql.',
  'Newtonsoft.Json.',
  'NHibernate.',
  'Dapper.',
  'Serilog.',
  'NLog.',
  'log4net.',
  'Castle.',
  'Autofac.',
  'AutoMapper.',
  'MediatR.',
  'Polly.',
  'StackExchange.',
  'Grpc.',
  'Google.Protobuf.',
  'RabbitMQ.',
  'MassTransit.',
  'Hangfire.',
  'Quartz.',
  'FluentValidation.',
  'MongoDB.',
  'MySql.',
  'MySqlConnector.',
  'Oracle.',
  'Confluent.',
  'Amazon.',
  'Azure.',
  'RestSharp.',
  'Refit.',
  'Swashbuckle.',
  'NServiceBus.',
  'Datadog.',
  'OpenTelemetry.',
  'Sentry.',
  'Xunit.',
  'NUnit.',
  'Moq.',
  'Nancy.',
  'ServiceStack.',
  'Ninject.',
  'Unity.',
  'Akka.',
  'Orleans.',
  'Elasticsearch.',
  'Nest.',
];

/** Whether a method with its namespace is the program's own, a known library's or the platform's. */
export function kindOfDotnetMethod(method: string): FrameKind {
  if (RUNTIME.some((prefix) => method.startsWith(prefix)) || method.startsWith(GENERATED)) return 'runtime';
  return LIBRARIES.some((prefix) => method.startsWith(prefix)) ? 'library' : 'app';
}
