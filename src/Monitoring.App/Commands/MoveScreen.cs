using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Storage.Moving;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary>What copies, backups and restores show.</summary>
internal static class MoveScreen
{
    private const int ShownDigits = 16;

    /// <summary>Runs a move with a progress bar over its parts.</summary>
    public static Task<T> FollowAsync<T>(this Screen screen, Func<Action<MoveStep>, Task<T>> move) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("opening");
            return move(step =>
            {
                task.Description = Markup.Escape(step.Doing);
                task.MaxValue = step.Parts;
                task.Value = step.Part;
            });
        });

    public static void WriteComparison(this Screen screen, IReadOnlyList<PartComparison> parts)
    {
        var table = new Table().AddColumns("Part", "From", "To", "Hash from", "Hash to", "");
        foreach (var part in parts)
        {
            table.AddRow(Markup.Escape(Words(part.Kind, part.Name)), Count(part.From), Count(part.To), Hash(part.From), Hash(part.To), part.IsSame ? "same" : "DIFFERS");
        }

        screen.Results.Write(table);
    }

    public static void WriteParts(this Screen screen, IReadOnlyList<PartSum> parts)
    {
        var table = new Table().AddColumns("Part", "Count", "Hash");
        foreach (var part in parts)
        {
            table.AddRow(Markup.Escape(Words(part.Kind, part.Name)), Count(part), Hash(part));
        }

        screen.Results.Write(table);
    }

    public static void TellMailsLeft(this Screen screen, OpenStore left)
    {
        if (left.Mails is > 0 and var mails)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{mails} mails lie in {left.PickupFolder}: sent mails are files of this machine and do not go along."));
        }
    }

    private static string Words(PartKind kind, string name) => kind is PartKind.Table ? name : $"blobs {name}/";

    private static string Count(PartSum? part) => (part?.Count ?? 0).ToString(CultureInfo.InvariantCulture);

    private static string Hash(PartSum? part) => part is null ? "" : part.Hash[..ShownDigits];
}
