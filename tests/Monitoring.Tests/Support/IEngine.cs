using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>An empty store of one engine, for one test. The tables are the engine's own, without the limits above it.</summary>
internal interface IEngine : IAsyncDisposable
{
    ITables Tables { get; }

    IBlobStore Blobs { get; }

    IWorkQueue Queue { get; }

    ILeases Leases { get; }
}
