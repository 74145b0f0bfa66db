using Monitoring.Tests.Support;
using Monitoring.Tests.Work;

namespace Monitoring.Tests.Storage;

public sealed class AzureTableTests : TableContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureTableQueryTests : TableQueryContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureTableBatchTests : TableBatchContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureTableTypesTests : TableTypesContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureBlobTests : BlobContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureWorkQueueTests : WorkQueueContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureTableListTests : TableListContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureLeaseTests : LeaseContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}
