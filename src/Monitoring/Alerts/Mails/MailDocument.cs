using Monitoring.Alerts.Delivery;

namespace Monitoring.Alerts.Mails;

/// <summary>A link with the words that say where it leads.</summary>
public sealed record MailLink(string Words, Uri Url);

/// <summary>One piece of a mail, below the summary.</summary>
public abstract record MailBlock
{
    private MailBlock()
    {
    }

    public sealed record Heading(string Text) : MailBlock;

    public sealed record Line(string Text) : MailBlock
    {
        public MailLink? Link { get; init; }
    }

    /// <summary>Whom or what the entries after it are about.</summary>
    public sealed record Group(string Name, int Count) : MailBlock;

    /// <summary>How often, as bars beside each other: in tables and letters, because mail programs show no drawings.</summary>
    public sealed record Bars(string Title, IReadOnlyList<(string Label, int Count)> Rows) : MailBlock;

    /// <summary>One thing that happened: the fact first.</summary>
    public sealed record Entry : MailBlock
    {
        /// <summary>Left out where the mail's summary is it.</summary>
        public string? Fact { get; init; }

        /// <summary>Outlet, language, time.</summary>
        public required string Meta { get; init; }

        /// <summary>What is to be known besides: that it was mailed before, or may not have arrived.</summary>
        public IReadOnlyList<string> Notes { get; init; } = [];

        /// <summary>Left out where the passage is the headline.</summary>
        public string? Headline { get; init; }

        public MarkedText? Passage { get; init; }

        /// <summary>Of headline and passage, for readers that speak.</summary>
        public string? Language { get; init; }

        public IReadOnlyList<string> Reasons { get; init; } = [];

        /// <summary>What the reasons are of: why it is told, or how it was before.</summary>
        public required string ReasonsAre { get; init; }

        public IReadOnlyList<MailLink> Links { get; init; } = [];
    }
}

/// <summary>What a mail says, once; written out as text and as HTML.</summary>
public sealed record MailDocument
{
    public required Texts Texts { get; init; }

    public required string Subject { get; init; }

    /// <summary>Said before everything else: the state of review.</summary>
    public string? Caution { get; init; }

    /// <summary>One sentence that tells a hurried reader all.</summary>
    public required string Summary { get; init; }

    public IReadOnlyList<MailBlock> Blocks { get; init; } = [];

    /// <summary>Why the recipient gets this, and how it was found.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    public IReadOnlyList<MailLink> FooterLinks { get; init; } = [];

    public MailContent Render() => new(MailPlainText.Write(this), MailHtml.Write(this), Texts.Language);
}
