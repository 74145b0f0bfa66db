using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Monitoring.Watchlist.Files;

/// <summary>Writes the stored list as a file that imports to the same list, ids included, entries of a kind by name.</summary>
public static partial class WatchlistExport
{
    /// <returns>How many entries were written.</returns>
    public static int Write(WatchlistSnapshot list, TextWriter text) => Write(list.Of, text);

    /// <summary>Writes sites alone, in their order; one without id gets its id when it is imported.</summary>
    /// <inheritdoc cref="Write(WatchlistSnapshot, TextWriter)"/>
    public static int Write(IReadOnlyList<Site> sites, TextWriter text) => Write(kind => kind is EntryKind.Site ? sites : [], text);

    private static int Write(Func<EntryKind, IReadOnlyList<Entry>> entriesOf, TextWriter text)
    {
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        emitter.Emit(new MappingStart());
        Emit(emitter, new Node.Scalar("version"));
        Emit(emitter, new Node.Scalar("1"));
        var count = 0;
        foreach (var form in EntryForm.All)
        {
            var entries = entriesOf(form.Kind);
            if (entries.Count > 0)
            {
                Emit(emitter, new Node.Scalar(form.Section));
                emitter.Emit(ListStart());
                entries.ToList().ForEach(entry => Emit(emitter, form.Write(entry)));
                emitter.Emit(new SequenceEnd());
                count += entries.Count;
            }
        }

        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return count;
    }

    /// <summary>What another YAML reader might take for a number, a bool or a date is quoted. Only certificates and keys have lines, of harmless letters.</summary>
    private static ScalarStyle Style(string value) =>
        value.StartsWith("-----BEGIN", StringComparison.Ordinal) && value.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
        : Plain().IsMatch(value) && !Reserved().IsMatch(value) ? ScalarStyle.Plain
        : ScalarStyle.DoubleQuoted;

    private static void Emit(Emitter emitter, Node node)
    {
        switch (node)
        {
            case Node.Scalar scalar:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Value, Style(scalar.Value), isPlainImplicit: true, isQuotedImplicit: true));
                break;
            case Node.List list:
                emitter.Emit(ListStart());
                list.Items.ToList().ForEach(item => Emit(emitter, item));
                emitter.Emit(new SequenceEnd());
                break;
            case Node.Map map:
                emitter.Emit(new MappingStart());
                foreach (var (name, value) in map.Fields)
                {
                    Emit(emitter, new Node.Scalar(name));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    private static SequenceStart ListStart() => new(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block);

    [GeneratedRegex(@"^(\p{L}[\p{L}\p{N} ._/@+()-]*[\p{L}\p{N}._/@+()]|\p{L}|[1-9]\d{0,2}|https?://[A-Za-z0-9._~/?=&+%:-]*[A-Za-z0-9/])$")]
    private static partial Regex Plain();

    [GeneratedRegex("^(y|n|yes|no|on|off|null|~)$", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
