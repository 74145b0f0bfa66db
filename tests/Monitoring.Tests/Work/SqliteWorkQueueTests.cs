using Monitoring.Tests.Support;

namespace Monitoring.Tests.Work;

public sealed class SqliteWorkQueueTests : WorkQueueContract
{
    private protected override IEngine Create(TestClock clock) => new SqliteEngine(clock);
}
