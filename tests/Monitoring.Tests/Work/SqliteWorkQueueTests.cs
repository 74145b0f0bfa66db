using Monitoring.Tests.Support;

namespace Monitoring.Tests.Work;

public sealed class SqliteWorkQueueTests : WorkQueueContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}
