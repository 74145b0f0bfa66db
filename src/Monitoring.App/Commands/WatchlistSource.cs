using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Fetching;
using Monitoring.Queries;
using Monitoring.Violations;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.App.Commands;

/// <summary>A watch-list file named on a command line: checked as a whole before anything of it is used.</summary>
internal static class WatchlistSource
{
    /// <summary>The problems of a file, in lines of <c>file:line: path: message</c>.</summary>
    /// <exception cref="StartException">The file cannot be read.</exception>
    public static CheckResult Check(string file, DateTimeOffset now)
    {
        using var text = Open(file);
        return WatchlistCheck.Check(text, file, ProblemsOf(now));
    }

    /// <summary>What the rooms that know of queries and kinds of act find wrong with an entry, and what is wrong by now.</summary>
    public static Func<Entry, IEnumerable<(string Field, string Message)>> ProblemsOf(DateTimeOffset now) =>
        entry => [.. TopicRules.ProblemsOf(entry), .. ViolationChoice.ProblemsOf(entry), .. PgpKeyField.ProblemsOf(entry, now)];

    /// <exception cref="StartException">The file cannot be read, or has problems, which the message lists.</exception>
    public static CheckResult NeedGood(string file, DateTimeOffset now)
    {
        var result = Check(file, now);
        return result.IsGood ? result : throw new StartException(ExitCode.BadWatchlist, [.. Lines(result)]);
    }

    public static IEnumerable<string> Lines(CheckResult result)
    {
        foreach (var problem in result.Problems)
        {
            yield return problem.ToString();
        }

        if (result.MoreProblems > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"… and {result.MoreProblems} more problems.");
        }
    }

    /// <summary>The entries of a file that was found good, one after the other.</summary>
    public static IEnumerable<FileEntry> Read(string file)
    {
        using var text = Open(file);
        foreach (var entry in WatchlistFile.Read(text, file, problem => throw new StartException(ExitCode.BadWatchlist, problem.ToString())))
        {
            yield return entry;
        }
    }

    /// <inheritdoc cref="WatchlistFile.IsOpml"/>
    public static bool IsOpml(string file)
    {
        using var text = Open(file);
        return WatchlistFile.IsOpml(text);
    }

    /// <summary>A file, checked, as a list without any store.</summary>
    public static WatchlistSnapshot Snapshot(string file, DateTimeOffset now)
    {
        NeedGood(file, now);
        return Load(file);
    }

    /// <summary>A file that was found good as a list; entries without id get one for this run, which no file can give to another.</summary>
    public static WatchlistSnapshot Load(string file)
    {
        var entries = Read(file).Select((read, index) => read.Entry.Id.Length > 0 ? read.Entry : read.Entry with { Id = string.Create(CultureInfo.InvariantCulture, $"#{index}") });
        return new WatchlistSnapshot("file", entries);
    }

    /// <summary>What feed readers export may be in any encoding, and says in which; it is small.</summary>
    private static TextReader Open(string file) => InputFile.Read<TextReader>(file, path =>
    {
        var text = new StreamReader(path, System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        if (!WatchlistFile.IsOpml(text))
        {
            return text;
        }

        text.Dispose();
        return new StringReader(TextDecoding.Decode(File.ReadAllBytes(path), contentType: null, host: "").Text);
    });
}
