using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

public sealed class SqliteLeasesTests : LeaseContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}
