using System.Globalization;
using Monitoring.App.Hosting;

namespace Monitoring.App.Web;

/// <summary>Tells times on pages: in the zone of the settings, with the distance from now.</summary>
internal sealed class Clock(WebOptions options, TimeProvider time)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public string ZoneName => options.TimeZone;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary><c>22 Nov, 07:30</c>; with the year if it is another.</summary>
    public string Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        var format = local.Year == TimeZoneInfo.ConvertTime(Now, _zone).Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary><c>12 min ago</c>, <c>in 3 h</c>.</summary>
    public string Relative(DateTimeOffset at)
    {
        var distance = Now - at;
        var words = Length(distance.Duration());
        return distance < TimeSpan.Zero ? $"in {words}" : $"{words} ago";
    }

    /// <summary>A length of time in one unit.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalSeconds} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalMinutes} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} days"),
    };
}
