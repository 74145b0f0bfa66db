using System.Globalization;
using System.Net;
using Monitoring.App.Exporting;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Retention;
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
                if (property.CanWrite && !IsOfRealTime(type, property.Name) && property.GetValue(defaults) is TimeSpan duration)
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

    /// <summary>Nothing of the demo grows old enough to be removed; its one worker never waits for a turn to schedule; and the machine is as fast as ever.</summary>
    private static bool IsOfRealTime(Type type, string name) =>
        type == typeof(RetentionOptions) || type == typeof(HealthOptions) || type == typeof(TelemetryOptions) || type == typeof(FunctionsOptions)
        || name is nameof(WorkOptions.ScheduleLease);

    private static KeyValuePair<string, string?> Set(string name, string value) => KeyValuePair.Create(name, (string?)value);
}
