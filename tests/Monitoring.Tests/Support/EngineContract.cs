using Monitoring.Storage;

namespace Monitoring.Tests.Support;

/// <summary>What all store contracts share: each test has an empty store, and tables with the limits above the engine.</summary>
public abstract class EngineContract : IAsyncLifetime
{
    private IEngine? _engine;

    private protected TestClock Clock { get; } = new();

    private protected IEngine Engine => _engine!;

    private protected IEntityTable Table => Open("Things");

    private protected abstract Task<IEngine> CreateAsync(TestClock clock);

    private protected IEntityTable Open(string name) => new LimitedTables(Engine.Tables).Open(name);

    public async Task InitializeAsync() => _engine = await CreateAsync(Clock);

    public async Task DisposeAsync() => await Engine.DisposeAsync();
}
