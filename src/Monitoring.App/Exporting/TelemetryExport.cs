using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Monitoring.App.Exporting;

/// <summary>Sends traces and metrics to an OTLP receiver from the start of the program to its end. A receiver that does not answer costs nothing but its data.</summary>
internal sealed class TelemetryExport(TelemetryOptions options) : IHostedService, IDisposable
{
    private static readonly string[] Sources = [Telemetry.Name, "Monitoring.Storage", "Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"];

    /// <summary>Nobody waits for a receiver at the end of the program.</summary>
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(5);

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(WithoutEvents)
            .SetResourceBuilder(Resource())
            .AddSource(Sources)
            .AddProcessor(new AllowedTags())
            .AddOtlpExporter(exporter => Point(exporter, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(Meters)
            .AddView(_ => AllowedTags.View)
            .AddOtlpExporter((exporter, reader) =>
            {
                Point(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.ForceFlush((int)FlushWithin.TotalMilliseconds);
            _metrics?.ForceFlush((int)FlushWithin.TotalMilliseconds);
        },
        cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Events of spans hold the messages of exceptions, which may quote anything; no processor can take them away.</summary>
    private static void WithoutEvents(IServiceCollection services) => services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
        .AddEnvironmentVariables()
        .AddInMemoryCollection([KeyValuePair.Create("OTEL_SPAN_EVENT_COUNT_LIMIT", (string?)"0")])
        .Build());

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault()
        .AddService("monitoring", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    private void Point(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(options.OtlpEndpoint!.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
