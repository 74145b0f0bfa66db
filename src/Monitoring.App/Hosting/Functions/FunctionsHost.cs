using System.Globalization;
using System.Net;

namespace Monitoring.App.Hosting.Functions;

/// <summary>The Functions host that started this process as its custom handler. It calls 127.0.0.1, whatever other variables say about addresses.</summary>
internal sealed record FunctionsHost(int Port)
{
    public const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    public Listening Listening { get; } = new(new IPEndPoint(IPAddress.Loopback, Port), IsBehindHost: true);

    public static bool IsPresent(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[PortVariable]);

    /// <summary>Null: no host started us.</summary>
    /// <exception cref="StartException">It says what cannot be.</exception>
    public static FunctionsHost? Find(Settings settings)
    {
        if (!IsPresent(settings.Configuration))
        {
            return null;
        }

        var text = settings.Configuration[PortVariable];
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            throw new StartException(ExitCode.BadSettings, $"{PortVariable}: '{text}' is no port.");
        }

        HostAccount.NeedSame(settings);
        return new FunctionsHost(port);
    }
}
