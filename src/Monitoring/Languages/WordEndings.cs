using System.Collections.Frozen;

namespace Monitoring.Languages;

/// <summary>What may follow a stem.</summary>
internal abstract class WordEndings
{
    /// <summary>The stem is the whole word.</summary>
    public static WordEndings None { get; } = new Nothing();

    /// <summary>The stem is the beginning of any word.</summary>
    public static WordEndings Any { get; } = new Anything();

    public abstract bool Accept(ReadOnlySpan<char> rest);

    public sealed class Listed(FrozenSet<string> endings) : WordEndings
    {
        private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _endings = endings.GetAlternateLookup<ReadOnlySpan<char>>();

        public override bool Accept(ReadOnlySpan<char> rest) => _endings.Contains(rest);
    }

    /// <summary>Endings of a Russian verb with -ся or -сь behind them.</summary>
    public sealed class Reflexive(WordEndings endings, bool IsNeeded) : WordEndings
    {
        public override bool Accept(ReadOnlySpan<char> rest) => rest is [.., 'с', 'я' or 'ь'] ? endings.Accept(rest[..^2]) : !IsNeeded && endings.Accept(rest);
    }

    private sealed class Nothing : WordEndings
    {
        public override bool Accept(ReadOnlySpan<char> rest) => rest.IsEmpty;
    }

    private sealed class Anything : WordEndings
    {
        public override bool Accept(ReadOnlySpan<char> rest) => true;
    }
}
