using System.Globalization;
using System.Net;
using Monitoring.App.Hosting;
using Monitoring.Work;

namespace Monitoring.App.Demo;

/// <summary>The demo's settings: the ordinary ones, with every duration multiplied by one factor, so that half an hour passes in a minute.</summary>
internal static class DemoSettings
{
    /// <summary>Thirty times faster.</summary>
    public const double Factor = 1 / 30.0;

    /// <summary>A visit and a check every minute of the demo's time.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1) * Factor;

    public static IEnumerable<KeyValuePair<string, string?>> Make(string dataFolder, IPEndPoint resolver, int port)
    {
        foreach (var (section, type) in Settings.Sections)
        {
            var defaults = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties())
            {
                // The turn to schedule is of the machines' time: the demo has one worker, who never waits for it.
                if (property is { CanWrite: true, Name: not nameof(WorkOptions.ScheduleLease) } && property.GetValue(defaults) is TimeSpan duration)
                {
                    yield return Set($"{section}__{property.Name}", (duration * Factor).ToString("c", CultureInfo.InvariantCulture));
                }
            }
        }

        foreach (var knock in typeof(KnockOptions).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            yield return Set($"Knocks__{knock.Name}", "* * * * * *");
        }

        yield return Set("Storage__DataFolder", dataFolder);
        yield return Set("Network__Resolver", resolver.ToString());
        yield return Set("Web__Port", port.ToString(CultureInfo.InvariantCulture));
        yield return Set("Fetching__Contact", "https://demo.invalid/contact");
    }

    private static KeyValuePair<string, string?> Set(string name, string value) => KeyValuePair.Create(name, (string?)value);
}
