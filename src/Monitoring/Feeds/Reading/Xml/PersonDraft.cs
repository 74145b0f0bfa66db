namespace Monitoring.Feeds.Reading.Xml;

/// <summary>A person while its element is read: with parts of its own as in Atom, or a text that says all.</summary>
internal sealed class PersonDraft
{
    private const int LongestPart = 200;

    private FeedPerson _person = new(null, null, null);
    private bool _hasParts;

    /// <summary>0 if no person is being read.</summary>
    public int Depth { get; private set; }

    public bool IsOpen => Depth > 0;

    public void Open(int depth)
    {
        (_person, Depth, _hasParts) = (new FeedPerson(null, null, null), depth, false);
    }

    public void Add(FeedTerm part, string value, Uri baseUrl)
    {
        _hasParts |= value.Length > 0;
        if (value.Length is 0 or > LongestPart)
        {
            return;
        }

        _person = part switch
        {
            FeedTerm.PersonName => _person with { Name = FieldSet.OneLine(value) },
            FeedTerm.PersonEmail => _person with { Email = value },
            _ => _person with { Url = WebLink.Resolve(baseUrl, value) },
        };
    }

    /// <param name="text">What stands in the element beside its parts.</param>
    /// <returns>Null if nobody was named.</returns>
    public FeedPerson? Close(string text)
    {
        Depth = 0;
        var person = _hasParts ? _person : PersonText.Read(text);
        return person is null or { Name: null, Email: null, Url: null } ? null : person;
    }
}
