using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

public sealed class SqliteTableTests : TableContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}

public sealed class SqliteTableQueryTests : TableQueryContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}

public sealed class SqliteTableBatchTests : TableBatchContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}

public sealed class SqliteTableTypesTests : TableTypesContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}

public sealed class SqliteTableListTests : TableListContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}
