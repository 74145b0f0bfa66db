using Microsoft.Extensions.Logging.Console;
using Monitoring.App.Hosting.Functions;
using Monitoring.App.Web;
using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>
/// The program put together on an open store, without anything running yet: for commands a set of services, for the service and the demo also a web
/// server.
/// </summary>
internal sealed class Station : IAsyncDisposable
{
    private readonly IStoreEngines _data;
    private readonly IAsyncDisposable _host;

    private Station(IStoreEngines data, IServiceProvider services, IAsyncDisposable host)
    {
        (_data, Services, _host) = (data, services, host);
    }

    public IServiceProvider Services { get; }

    public IStoreEngines Data => _data;

    /// <summary>The services of the rooms. Log lines go to standard error.</summary>
    /// <param name="adjust">Lets tests put something between the rooms and their engines.</param>
    public static Station Open(Settings settings, OutsideWorld world, Action<IServiceCollection>? adjust = null)
    {
        var data = StoreEngines.Open(settings, world);
        var services = new ServiceCollection().AddMonitoring(settings, world).AddLogging(logging => Configure(logging, LogLevel.Warning, toError: true));
        services.AddStore(data).AddSingleton<WorkPump>().AddSingleton<Cycle>();
        adjust?.Invoke(services);
        var provider = services.BuildServiceProvider();
        return new Station(data, provider, provider);
    }

    /// <summary>The same with the pages, not started. Log lines go to standard output.</summary>
    /// <param name="host">The Functions host that started this process, if one did: it is the only one who is listened to.</param>
    public static (Station Station, WebApplication App) OpenWithPages(Settings settings, OutsideWorld world, FunctionsHost? host = null)
    {
        var data = StoreEngines.Open(settings, world);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder.Logging, LogLevel.Information, toError: false);
        var listening = host is null ? Listening.To(settings.Get<WebOptions>()) : host.Listening;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(listening.Endpoint);
        });
        builder.Services.AddMonitoring(settings, world).AddStore(data).AddSingleton<WorkPump>().AddSingleton<Cycle>().AddSingleton(listening).AddWebSite();
        builder.Services.AddFunctions();
        var app = builder.Build();
        if (host is not null)
        {
            app.UseMiddleware<HostDoor>();
        }

        app.UseWebSite();
        return (new Station(data, app.Services, app), app);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <exception cref="StorageUnavailableException">The store is of a newer version, or a copy or restore into it was not finished.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _data.CheckVersionAsync(cancellationToken);
        await new UnfinishedMove(_data.ToMovable()).RefuseAsync(cancellationToken);
    }

    /// <inheritdoc cref="IStoreEngines.BecomeWorkerAsync"/>
    public Task<IDisposable> BecomeWorkerAsync(CancellationToken cancellationToken) => _data.BecomeWorkerAsync(Get<JobRunner>().Kinds, cancellationToken);

    /// <summary>Both: whatever a worker needs of its store before it starts.</summary>
    public async Task<IDisposable> OpenAsWorkerAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        return await BecomeWorkerAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _data.DisposeAsync();
    }

    /// <summary>One line a message. The framework's own categories speak only of what went wrong, and not with request paths.</summary>
    private static void Configure(ILoggingBuilder logging, LogLevel least, bool toError)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(least);
        logging.AddFilter("Microsoft", LogLevel.Error);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        if (toError)
        {
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }
}
