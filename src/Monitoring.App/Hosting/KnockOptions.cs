using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace Monitoring.App.Hosting;

/// <summary>
/// How often each timer job looks for work: NCRONTAB with six fields (seconds first), in UTC. They only knock; rows decide what is due. Section
/// <c>Knocks</c>.
/// </summary>
internal sealed class KnockOptions : IValidatableObject
{
    /// <summary>Feeds that are due. Default every 30 s.</summary>
    public string PollFeeds { get; set; } = "*/30 * * * * *";

    /// <summary>Watched pages that are due. Default every 30 s.</summary>
    public string VisitPages { get; set; } = "15/30 * * * * *";

    /// <summary>Sites that are due. Default every 20 s.</summary>
    public string CheckSites { get; set; } = "*/20 * * * * *";

    /// <summary>Mails whose work item was lost. Default every minute.</summary>
    public string SendAlerts { get; set; } = "5 * * * * *";

    /// <summary>Digests that are due. Default every minute.</summary>
    public string SendDigests { get; set; } = "10 * * * * *";

    /// <summary>Whatever was left undone. Default every 5 min.</summary>
    public string Housekeeping { get; set; } = "40 */5 * * * *";

    /// <summary>Data that is old and nobody's evidence. Default every day at 02:20; a pass that was not finished goes on with the next.</summary>
    public string Retention { get; set; } = "0 20 2 * * *";

    /// <summary>Messages that the Functions host gave up. Default every 5 min.</summary>
    public string CollectPoison { get; set; } = "50 */5 * * * *";

    /// <summary>What OONI measured, some sites at a knock, until all are read for the day. Default every 10 min; reads nothing unless <c>Ooni__Enabled</c>.</summary>
    public string ReadOoni { get; set; } = "30 */10 * * * *";

    /// <summary>The schedule of a job by its name.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The program is not trimmed.")]
    public CrontabSchedule Of(string job) => Parse((string)typeof(KnockOptions).GetProperty(job)!.GetValue(this)!);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var property in typeof(KnockOptions).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            if (CrontabSchedule.TryParse((string)property.GetValue(this)!, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is null)
            {
                yield return new ValidationResult("Six cron fields (second minute hour day month weekday) are expected.", [property.Name]);
            }
        }
    }

    private static CrontabSchedule Parse(string cron) => CrontabSchedule.Parse(cron, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
}
