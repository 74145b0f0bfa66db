using System.Globalization;
using Monitoring.Items.Stories;
using Monitoring.Names;
using Monitoring.Violations;

namespace Monitoring.Items;

/// <summary>
/// In which order flags wait for editors: severity first, then what makes a minute spent on one worth more. Pure; every part is said on the item's page.
/// </summary>
public static class ReviewPriority
{
    private const int Step = 100;
    private const int Urgent = 50;
    private const int Person = 40;
    private const int Outlet = 25;
    private const int Together = 20;
    private const int Certain = 10;
    private const int Done = 10;
    private const int Query = 10;
    private const int TakenAway = 15;
    private const int Old = -60;
    private const int FurtherSource = 10;
    private const int MostFurther = 3;
    private const string Sources = "reason.priority.sources";

    /// <summary>With what the flag's story adds: reprints of one source count once.</summary>
    public static IReadOnlyList<PriorityPart> With(IReadOnlyList<PriorityPart> parts, FlagStory story)
    {
        var further = Math.Min(story.Independent - 1, MostFurther);
        var others = parts.Where(part => part.Why.Text != Sources);
        return further > 0 ? [.. others, new PriorityPart(Reason.Of(Sources, story.Independent.ToString(CultureInfo.InvariantCulture)), FurtherSource * further)] : [.. others];
    }

    /// <param name="ownOutletId">The outlet that published the item: naming itself says nothing.</param>
    public static IReadOnlyList<PriorityPart> Of(Assessed assessed, IReadOnlyList<Finding> findings, string? ownOutletId, bool isOld, bool isGone)
    {
        var names = findings.Where(finding => finding.IsName && finding.SubjectId != ownOutletId).ToList();
        var act = assessed.Act;
        var parts = new List<PriorityPart> { new(Reason.Of("reason.priority.severity", "@severity." + assessed.Severity.ToString().ToLowerInvariant()), Step * (1 + (int)assessed.Severity)) };
        Add(act is { Kind: FindingKind.Violation } && ViolationType.Find(act.SubjectId) is { IsUrgent: true }, "urgent", Urgent);
        Add(names.Exists(name => name.Kind is FindingKind.Person), "person", Person);
        Add(names.Exists(name => name.Kind is FindingKind.Outlet) && !names.Exists(name => name.Kind is FindingKind.Person), "outlet", Outlet);
        Add(assessed.IsTogether, "together", Together);
        Add(names.Exists(name => name.Band is Band.Certain), "certain", Certain);
        Add(act is { Status: ViolationStatus.Occurred or ViolationStatus.Alleged }, "done", Done);
        Add(findings.Any(finding => finding.Kind is FindingKind.Topic), "query", Query);
        Add(isGone, "gone", TakenAway);
        Add(isOld, "old", Old);
        return parts;

        void Add(bool holds, string what, int points)
        {
            if (holds)
            {
                parts.Add(new PriorityPart(Reason.Of("reason.priority." + what), points));
            }
        }
    }
}
