using System.Globalization;
using Monitoring.Retention.Forgetting;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.App.Commands;

/// <summary>Entries of a file that asked to be forgotten: an old file must not bring them back unnoticed.</summary>
internal sealed class ForgottenEntries(IReadOnlyList<ForgottenTrace> traces)
{
    /// <summary>Whether the entry's id or one of its names was forgotten.</summary>
    public bool Holds(FileEntry read) => TraceOf(read) is not null;

    /// <summary>One line for each forgotten entry of the file.</summary>
    public IEnumerable<string> Warnings(string file, bool bringBack) =>
        from read in traces.Count == 0 ? [] : WatchlistSource.Read(file)
        let trace = TraceOf(read)
        where trace is not null
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{file}:{read.Line}: {read.Path}: asked to be forgotten on {trace.At:yyyy-MM-dd} ({trace.Pseudonym}); {(bringBack ? "brought back" : "left out. Take the entry out of the file, or import with --bring-back")}.");

    private ForgottenTrace? TraceOf(FileEntry read) =>
        read.Entry.Kind is EntryKind.Person or EntryKind.Recipient ? traces.FirstOrDefault(trace => trace.IsOf(read.Entry)) : null;
}
