using System.Security.Cryptography.X509Certificates;
using Monitoring.App;
using Monitoring.App.Hosting;
using Monitoring.Network;

namespace Monitoring.EndToEnd;

/// <summary>
/// The program itself, composed for a world on loopback: started as a process by the tests, because no setting may allow what it allows. Otherwise it is
/// the same: same commands, same settings.
/// </summary>
internal static class LoopbackProgram
{
    /// <summary>The environment variable with the certificate of the world's authority, PEM.</summary>
    public const string RootVariable = "MONITORING_TEST_ROOT";

    public static Task<int> Main(string[] args)
    {
        var root = X509Certificate2.CreateFromPem(Environment.GetEnvironmentVariable(RootVariable) ?? throw new InvalidOperationException($"{RootVariable} is not set."));
        return MonitoringProgram.RunAsync(args, new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.Only(root), TimeProvider.System));
    }
}
