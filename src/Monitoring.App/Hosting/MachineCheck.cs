using System.Globalization;
using System.Text;

namespace Monitoring.App.Hosting;

/// <summary>
/// Refuses a machine whose text and time handling would be silently wrong: without ICU normalisation does nothing, without Kazakh culture mails are
/// misformatted, with old zone data Almaty is an hour off (Kazakhstan moved to UTC+5 on 2024-03-01).
/// </summary>
internal static class MachineCheck
{
    /// <exception cref="StartException">The first thing that is wrong.</exception>
    public static void Run()
    {
        if ("и\u0306".Normalize(NormalizationForm.FormKC) != "й")
        {
            throw Unfit("text cannot be normalised: install ICU (package libicu) and do not set InvariantGlobalization");
        }

        if (!CultureInfo.GetCultures(CultureTypes.AllCultures).Any(culture => culture.Name == "kk"))
        {
            throw Unfit("the culture kk (Kazakh) is missing: install a full ICU");
        }

        var noon = new DateTimeOffset(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Almaty", out var almaty) || almaty.GetUtcOffset(noon) != TimeSpan.FromHours(5))
        {
            throw Unfit("the time zone Asia/Almaty is missing or older than March 2024: install or update tzdata");
        }
    }

    private static StartException Unfit(string what) => new(ExitCode.BadMachine, $"This machine is unfit: {what}.");
}
