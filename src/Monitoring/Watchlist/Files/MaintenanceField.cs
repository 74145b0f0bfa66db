using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// The written form of a site's maintenance windows, a list of groups: <c>{ from: "2026-11-25 01:00", to: "2026-11-25 03:00", timeZone: Asia/Almaty }</c> once, or
/// <c>{ day: sunday, from: "02:00", to: "04:00", timeZone: Asia/Almaty }</c> every week, past midnight if it ends before it begins. Without a time zone: UTC.
/// </summary>
internal static class MaintenanceField
{
    public const string Name = "maintenance";

    private const string Moment = "yyyy-MM-dd HH:mm";

    public static IReadOnlyList<MaintenanceWindow> Read(FieldReader fields) => [.. fields.Groups(Name).Select(ReadWindow).OfType<MaintenanceWindow>()];

    public static void Write(IReadOnlyList<MaintenanceWindow> windows, FieldWriter fields) => fields.Groups(Name, windows.Select(WriteWindow));

    /// <summary>How people read it: <c>every sunday 02:00 to 04:00 (Asia/Almaty)</c>.</summary>
    public static string Say(MaintenanceWindow window) => window switch
    {
        MaintenanceWindow.Weekly weekly => $"every {Word(weekly.Day)} {Say(weekly.From)} to {Say(weekly.To)} ({weekly.TimeZone})",
        MaintenanceWindow.Once once => $"{Say(once.From)} to {Say(once.To)} ({once.TimeZone})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static MaintenanceWindow? ReadWindow(FieldReader fields)
    {
        var day = fields.Choice<DayOfWeek>("day");
        var zone = fields.TimeZone() ?? "UTC";
        MaintenanceWindow? window;
        if (day is { } weekday)
        {
            var (from, to) = (fields.TimeOfDay("from"), fields.TimeOfDay("to"));
            window = from is { } begins && to is { } ends ? new MaintenanceWindow.Weekly(weekday, begins, ends, zone) : null;
        }
        else
        {
            var (from, to) = (fields.LocalTime("from", Moment), fields.LocalTime("to", Moment));
            window = from is { } begins && to is { } ends ? new MaintenanceWindow.Once(begins, ends, zone) : null;
            fields.Require(window is not MaintenanceWindow.Once once || once.To > once.From, "to", "a time after 'from' is expected");
        }

        fields.Need("from", "when it begins");
        fields.Need("to", "when it ends");
        fields.End();
        return window;
    }

    private static Node.Map WriteWindow(MaintenanceWindow window) => window switch
    {
        MaintenanceWindow.Weekly weekly => new FieldWriter().Text("day", Word(weekly.Day)).TimeOfDay("from", weekly.From).TimeOfDay("to", weekly.To).Text("timeZone", weekly.TimeZone).Map,
        MaintenanceWindow.Once once => new FieldWriter().Text("from", Say(once.From)).Text("to", Say(once.To)).Text("timeZone", once.TimeZone).Map,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Word(DayOfWeek day) => day.ToString().ToLowerInvariant();

    private static string Say(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Say(DateTime time) => time.ToString(Moment, CultureInfo.InvariantCulture);
}
