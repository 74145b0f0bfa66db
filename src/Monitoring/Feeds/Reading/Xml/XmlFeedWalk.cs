namespace Monitoring.Feeds.Reading.Xml;

/// <summary>
/// Walks through a document and gathers the feed. Keeps the open elements, at most <see cref="MaxDepth"/> of them, and finds its way back where they
/// are not closed, closed twice or crosswise: an end tag closes the nearest element of its name, an item ends where its parent or the next item does.
/// </summary>
internal sealed class XmlFeedWalk
{
    private const int MaxDepth = 64;

    /// <summary>Texts that swallowed their neighbours are read again up to so many bytes, or the document's length: more would cost its square.</summary>
    private const int MostReturned = 4 * 1024 * 1024;

    private readonly FeedBody _source;
    private readonly RepairLog _repairs;
    private readonly XmlText _text;
    private readonly NamespaceScope _namespaces;
    private readonly ElementReader _elements;
    private readonly OpenElement[] _open = new OpenElement[MaxDepth];
    private int _depth;
    private int _tooDeep;
    private int _returned;
    private TextCapture _capture;

    public XmlFeedWalk(FeedBody source)
    {
        _source = source;
        _repairs = source.Repairs;
        _text = new XmlText(source.Encoding, _repairs);
        _namespaces = new NamespaceScope(_repairs);
        _elements = new ElementReader(source, _text);
    }

    public FeedDraft Feed => _elements.Feed;

    /// <summary>An HTML page begins before any feed does.</summary>
    public bool IsHtml { get; private set; }

    /// <summary>The feed was closed.</summary>
    public bool IsComplete { get; private set; }

    public void Run()
    {
        var tokens = new XmlTokens(_source.Bytes.Span, _repairs);
        do
        {
            while (!IsComplete && tokens.Read())
            {
                Take(ref tokens);
            }
        }
        while (_capture.IsActive && ReturnTo(ref tokens));

        if (!IsComplete && Feed.Format is not null)
        {
            _repairs.Note(FeedRepairKind.CutDocument, _source.Bytes.Length);
        }
    }

    private void Take(ref XmlTokens tokens)
    {
        switch (tokens.Token)
        {
            case XmlToken.Start:
                Open(ref tokens);
                break;
            case XmlToken.End when Feed.Format is not null:
                Close(ref tokens);
                break;
            case XmlToken.Text or XmlToken.CData when _capture is { IsActive: true, FirstChild: 0 }:
                Append(ref tokens);
                break;
            case XmlToken.Text or XmlToken.CData when _elements.TakesText(_depth):
                _text.Clear(tokens.Start);
                Append(ref tokens);
                _elements.AddText(_text.Take());
                break;
            case XmlToken.DocumentType:
                InternalEntities.Define(tokens.Value, _text);
                IsHtml |= tokens.Value.Length >= 12 && System.Text.Ascii.EqualsIgnoreCase(tokens.Value[..12], "doctype html"u8);
                break;
        }
    }

    private void Append(ref XmlTokens tokens)
    {
        if (tokens.Token == XmlToken.Text)
        {
            _text.Append(tokens.Value, tokens.Start);
        }
        else
        {
            _text.AppendBare(tokens.Value);
        }
    }

    private void Open(ref XmlTokens tokens)
    {
        if (_capture.IsActive)
        {
            _capture.FirstChild = _capture.FirstChild == 0 ? tokens.Start : _capture.FirstChild;
            if (!(IsNewItem(tokens.Name) && ReturnTo(ref tokens)) && !tokens.IsEmpty)
            {
                Push(ref tokens, FeedTerm.Unknown, _namespaces.Count);
            }

            return;
        }

        var declared = _namespaces.Count;
        var (address, language) = Declarations(tokens.Value, tokens.Start);
        var term = _namespaces.Term(tokens.Name, tokens.Start);
        if (Feed.Format is null && !_elements.Begin(term, tokens.Name, tokens.Value, tokens.Start))
        {
            IsHtml |= System.Text.Ascii.EqualsIgnoreCase(tokens.Name, "html"u8);
            _namespaces.CloseTo(declared);
            return;
        }

        if (_elements.IsItem(term) && LeaveOpen(ref tokens))
        {
            declared = _namespaces.Count;
            (address, language) = Declarations(tokens.Value, tokens.Start);
        }

        Push(ref tokens, term, declared);
        if (_tooDeep == 0)
        {
            var attributes = term == FeedTerm.Unknown || tokens.Value.IsEmpty ? default : ElementAttributes.Read(tokens.Value, _text, tokens.Start);
            if (_elements.Open(term, attributes, address, language, _depth))
            {
                _text.Clear(tokens.Start);
                _capture = new TextCapture { IsActive = true, Depth = _depth, Start = tokens.Next, Attributes = attributes };
            }
        }

        if (tokens.IsEmpty)
        {
            if (_tooDeep > 0)
            {
                _tooDeep--;
            }
            else
            {
                PopTo(_depth - 1, ref tokens);
            }
        }
    }

    /// <summary>An item begins: the one before it is over, and so is whatever goes deeper than can be followed.</summary>
    /// <returns>Whether anything was closed, and with it the namespaces declared since.</returns>
    private bool LeaveOpen(ref XmlTokens tokens)
    {
        var depth = _elements.ItemDepth > 0 ? _elements.ItemDepth - 1 : _depth;
        while (_tooDeep > 0 && depth > 0 && _open[depth - 1].Term == FeedTerm.Unknown)
        {
            depth--;
        }

        if (depth == _depth)
        {
            return false;
        }

        _repairs.Note(FeedRepairKind.OpenElement, tokens.Start);
        _tooDeep = 0;
        PopTo(depth, ref tokens);
        return true;
    }

    /// <summary>No text holds an item: before one the text is over.</summary>
    private static bool IsNewItem(ReadOnlySpan<byte> name) => name.SequenceEqual("item"u8) || name.SequenceEqual("entry"u8);

    /// <summary>Namespaces, and what every element may say of itself.</summary>
    private (string? Base, string? Language) Declarations(ReadOnlySpan<byte> tag, int at)
    {
        var (address, language) = ((string?)null, (string?)null);
        if (tag.IndexOf("xml"u8) < 0)
        {
            return (address, language);
        }

        var attributes = new XmlAttributes(tag);
        while (attributes.Read())
        {
            if (attributes.Name.StartsWith("xmlns"u8) && attributes.Name is [_, _, _, _, _] or [_, _, _, _, _, (byte)':', ..])
            {
                _namespaces.Declare(attributes.Name[Math.Min(6, attributes.Name.Length)..], _text.Read(attributes.Value, at));
            }
            else if (attributes.Name.SequenceEqual("xml:base"u8))
            {
                address = _text.Read(attributes.Value, at);
            }
            else if (attributes.Name.SequenceEqual("xml:lang"u8))
            {
                language = _text.Read(attributes.Value, at).Replace('_', '-');
            }
        }

        return (address, language);
    }

    private void Push(ref XmlTokens tokens, FeedTerm term, int declared)
    {
        if (_depth == MaxDepth)
        {
            _repairs.Note(FeedRepairKind.TooDeep, tokens.Start);
            _tooDeep++;
            return;
        }

        _open[_depth++] = new OpenElement(tokens.Start + 1, tokens.Name.Length, term, declared);
    }

    private void Close(ref XmlTokens tokens)
    {
        var found = _depth - 1;
        while (found >= 0 && !IsNamed(_open[found], tokens.Name))
        {
            found--;
        }

        // Below the elements that are kept, names are not known: only the end of one that means something leads out.
        if (_tooDeep > 0 && (found < 0 || _open[found].Term == FeedTerm.Unknown))
        {
            _tooDeep--;
            return;
        }

        if (found < 0)
        {
            CloseNothing(ref tokens);
            return;
        }

        if (_capture.IsActive && found < _capture.Depth - 1 && ReturnTo(ref tokens))
        {
            return;
        }

        if (found < _depth - 1)
        {
            _repairs.Note(FeedRepairKind.OpenElement, tokens.Start);
        }

        _tooDeep = 0;
        PopTo(found, ref tokens);
    }

    /// <summary>An end tag of another element of feeds is a misspelt one, if the text it could end is open.</summary>
    private void CloseNothing(ref XmlTokens tokens)
    {
        if (_capture.IsActive && _depth == _capture.Depth && _namespaces.Term(tokens.Name, tokens.Start) != FeedTerm.Unknown)
        {
            _repairs.Note(FeedRepairKind.BrokenTag, tokens.Start);
            PopTo(_depth - 1, ref tokens);
        }
        else
        {
            _repairs.Note(FeedRepairKind.StrayEndTag, tokens.Start);
        }
    }

    private bool IsNamed(OpenElement element, ReadOnlySpan<byte> name)
    {
        if (element.NameLength != name.Length)
        {
            return false;
        }

        var open = _source.Bytes.Span.Slice(element.NameStart, element.NameLength);
        return open.SequenceEqual(name) || System.Text.Ascii.EqualsIgnoreCase(open, name);
    }

    /// <summary>A text that was not closed ends before its first child, and reading goes on there: the children are its neighbours.</summary>
    private bool ReturnTo(ref XmlTokens tokens)
    {
        var length = tokens.Next - _capture.FirstChild;
        if (_capture.FirstChild == 0 || length > Math.Max(MostReturned, _source.Bytes.Length) - _returned)
        {
            return false;
        }

        _returned += length;
        _repairs.Note(FeedRepairKind.OpenElement, _capture.Start);
        tokens.Next = _capture.FirstChild;
        (_depth, _tooDeep, _capture.FirstChild) = (_capture.Depth, 0, 0);
        PopTo(_depth - 1, ref tokens);
        return true;
    }

    private void PopTo(int depth, ref XmlTokens tokens)
    {
        while (_depth > depth)
        {
            var element = _open[--_depth];
            if (_capture.IsActive && _depth == _capture.Depth - 1)
            {
                var capture = _capture;
                _capture = default;
                _elements.Take(element.Term, capture.Attributes, Captured(capture, tokens.Start), isMarkup: capture.FirstChild > 0, _depth + 1);
            }

            _elements.Close(element.Term, _depth + 1);
            _namespaces.CloseTo(element.Declared);
        }

        IsComplete = _depth == 0;
    }

    private string Captured(TextCapture capture, int end)
    {
        if (capture.FirstChild == 0)
        {
            return _text.Take();
        }

        var content = _source.Bytes.Span[capture.Start..Math.Max(capture.Start, end)];
        return InnerMarkup.Read(capture.Attributes.Type is "xhtml" ? InnerMarkup.WithoutDivision(content) : content, _text, capture.Start);
    }

    /// <param name="NameStart">Its name in the document.</param>
    /// <param name="Declared">How many namespaces were declared before.</param>
    private readonly record struct OpenElement(int NameStart, int NameLength, FeedTerm Term, int Declared);

    /// <summary>The element whose text is being read.</summary>
    private record struct TextCapture
    {
        public bool IsActive { get; init; }

        public int Depth { get; init; }

        /// <summary>Where its content begins.</summary>
        public int Start { get; init; }

        /// <summary>Where the first element inside begins; 0 as long as there is none.</summary>
        public int FirstChild { get; set; }

        public ElementAttributes Attributes { get; init; }
    }
}
