using System.Globalization;
using Monitoring.Watchlist;

namespace Monitoring.Queries;

/// <summary>
/// Reads a query. What binds closer comes first: 1. brackets and fields (<c>title:(…)</c>); 2. <c>NEAR/n</c> and <c>SENTENCE</c>; 3. <c>NOT</c> and <c>-</c>;
/// 4. <c>AND</c>, or nothing between two parts; 5. <c>OR</c>. A word stands for itself whatever its capitals, <c>~word</c> for any of its forms, <c>word*</c>
/// for whatever begins so. Never throws for any text; its work grows with the text's length.
/// </summary>
public sealed class QueryParser
{
    public const int MaxLength = Topic.LongestQuery;
    public const int MaxWords = 200;
    public const int MaxDepth = 20;
    public const int MaxDistance = 50;

    private const int MostErrors = 10;

    /// <summary>Of brackets while reading: superfluous ones do not count as depth.</summary>
    private const int MostBrackets = 100;

    private readonly List<QueryError> _errors = [];
    private readonly List<QueryToken> _tokens;
    private int _at;
    private int _brackets;
    private bool _isTooDeep;
    private bool? _withinTitle;

    private QueryParser(string query)
    {
        _tokens = new QueryLexer(query, Report).Read();
    }

    private QueryToken Next => _tokens[_at];

    public static ParsedQuery Parse(string query)
    {
        if (query.Length > MaxLength)
        {
            return Failed(MaxLength, $"A query has at most {MaxLength} letters.");
        }

        var parser = new QueryParser(query);
        var tree = parser.ReadWhole();
        if (parser._errors.Count == 0)
        {
            parser.Check(tree, query.Length);
        }

        return parser._errors.Count > 0
            ? new ParsedQuery(null, [.. parser._errors.OrderBy(error => error.Start).Take(MostErrors)])
            : new ParsedQuery(tree, []);
    }

    private static ParsedQuery Failed(int at, FormattableString message) => new(null, [new QueryError(at, 0, message.ToString(CultureInfo.InvariantCulture))]);

    private Query? ReadWhole()
    {
        var parts = new List<Query>();
        while (Next.Kind is not QueryTokenKind.End)
        {
            if (Next.Kind is QueryTokenKind.Close)
            {
                Report(Next, "No bracket was opened for this one.");
                _at++;
            }
            else if (ReadOr() is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.Count > 0 ? Query.All(parts) : null;
    }

    private Query? ReadOr()
    {
        var parts = new List<Query?> { ReadAnd() };
        while (Next.Kind is QueryTokenKind.Or)
        {
            parts.Add(ReadRight(ReadAnd));
        }

        return parts.OfType<Query>().ToList() is { Count: > 0 } read ? Query.Any(read) : null;
    }

    private Query? ReadAnd()
    {
        var parts = new List<Query?> { ReadNot() };
        while (true)
        {
            if (Next.Kind is QueryTokenKind.And)
            {
                parts.Add(ReadRight(ReadNot));
            }
            else if (Next.Kind is QueryTokenKind.Words or QueryTokenKind.Field or QueryTokenKind.Open or QueryTokenKind.Not)
            {
                parts.Add(ReadNot());
            }
            else
            {
                return parts.OfType<Query>().ToList() is { Count: > 0 } read ? Query.All(read) : null;
            }
        }
    }

    private Query? ReadNot()
    {
        var isNot = false;
        QueryToken? first = null;
        while (Next.Kind is QueryTokenKind.Not)
        {
            first ??= Next;
            (isNot, _at) = (!isNot, _at + 1);
        }

        if (first is not null && !IsOperand(Next.Kind))
        {
            Report(first, "Nothing follows that could be excluded.");
            return null;
        }

        var part = ReadNear();
        return isNot && part is not null ? Query.Without(part) : part;
    }

    private Query? ReadNear()
    {
        var left = ReadOperand();
        if (Next.Kind is not (QueryTokenKind.Near or QueryTokenKind.Sentence))
        {
            return left;
        }

        var first = Next;
        var sides = new List<Query?> { Side(left, first) };
        while (Next.Kind is QueryTokenKind.Near or QueryTokenKind.Sentence)
        {
            var joint = Next;
            sides.Add(Side(ReadRight(ReadOperand), joint));
            if (joint != first && (joint.Kind is QueryTokenKind.Near || first.Kind is QueryTokenKind.Near))
            {
                Report(joint, "NEAR joins two sides only; did you mean (… NEAR/10 …) AND (… NEAR/10 …)?");
            }
        }

        if (sides.Contains(null))
        {
            return null;
        }

        return first.Kind is QueryTokenKind.Near ? new Query.Near(sides[0]!, sides[1]!, first.Number) : new Query.Sentence([.. sides.OfType<Query>()]);
    }

    private Query? Side(Query? side, QueryToken joint)
    {
        if (side is null or Query.Phrase || (side is Query.AnyOf && side.Parts.All(part => part is Query.Phrase)))
        {
            return side;
        }

        Report(joint, $"{(joint.Kind is QueryTokenKind.Near ? "NEAR" : "SENTENCE")} joins words, phrases, and groups of them with OR in brackets.");
        return null;
    }

    /// <summary>What stands on the right of an operator.</summary>
    private Query? ReadRight(Func<Query?> read)
    {
        var joint = Next;
        _at++;
        if (IsOperand(Next.Kind) || Next.Kind is QueryTokenKind.Not)
        {
            return read();
        }

        Report(joint, $"{joint.Text} needs something on both sides.");
        return null;
    }

    private Query? ReadOperand()
    {
        var token = Next;
        switch (token.Kind)
        {
            case QueryTokenKind.Words:
                _at++;
                return QueryWords.Read(token, Report);
            case QueryTokenKind.Open:
                return ReadBrackets(token);
            case QueryTokenKind.Field:
                _at++;
                return ReadField(token);
            case QueryTokenKind.Close or QueryTokenKind.End:
                return null;
            default:
                Report(token, token.Kind is QueryTokenKind.Not ? "NOT cannot stand here; exclude before or after." : $"{token.Text} needs something on both sides.");
                _at++;
                return IsOperand(Next.Kind) ? ReadOperand() : null;
        }
    }

    private Query? ReadBrackets(QueryToken open)
    {
        if (_brackets == MostBrackets)
        {
            Report(open, $"Brackets stand at most {MaxDepth} deep.");
            (_isTooDeep, _at) = (true, _tokens.Count - 1);
            return null;
        }

        _brackets++;
        _at++;
        var isEmpty = Next.Kind is QueryTokenKind.Close;
        var inside = isEmpty ? null : ReadOr();
        _brackets--;
        if (Next.Kind is QueryTokenKind.Close)
        {
            _at++;
        }
        else if (Next.Kind is QueryTokenKind.End && !_isTooDeep)
        {
            Report(open, "This bracket is not closed.");
        }

        if (isEmpty)
        {
            Report(open, "Nothing stands in these brackets.");
        }

        return inside;
    }

    private Query? ReadField(QueryToken field)
    {
        if (!QueryFields.IsKnown(field.Text))
        {
            Report(field, QueryFields.ProblemOf(field.Text));
            _at += Next.Kind is QueryTokenKind.Words ? 1 : 0;
            return null;
        }

        if (QueryFields.IsPart(field.Text))
        {
            return ReadPart(field);
        }

        if (_withinTitle is not null)
        {
            Report(field, "Only words may stand in title:(…) and body:(…).");
        }

        if (Next is not { Kind: QueryTokenKind.Words, IsAnyForm: false } value)
        {
            Report(field, $"{field.Text.ToLowerInvariant()}: needs a value behind it, in quotes if it has blanks.");
            return null;
        }

        _at++;
        var read = QueryFields.Read(field.Text, value.Text, out var problem);
        if (problem is not null)
        {
            Report(value, problem);
        }

        return read;
    }

    private Query? ReadPart(QueryToken field)
    {
        if (Next.Kind is not (QueryTokenKind.Words or QueryTokenKind.Open))
        {
            Report(field, Next.Kind is QueryTokenKind.Field ? "Only words may follow title: and body:." : $"{field.Text.ToLowerInvariant()}: needs a word, a phrase or a group in brackets behind it.");
            return null;
        }

        var isTitle = field.Text.Equals("title", StringComparison.OrdinalIgnoreCase);
        if (_withinTitle is not null)
        {
            Report(field, "title: and body: cannot stand in one another.");
        }

        var outer = _withinTitle;
        _withinTitle = isTitle;
        var part = ReadOperand();
        _withinTitle = outer;
        return part is null ? null : new Query.Within(isTitle, part);
    }

    private void Check(Query? tree, int end)
    {
        if (tree is null)
        {
            Report(end, 0, "The query is empty; write a word that is looked for.");
        }
        else if (tree.WordCount > MaxWords)
        {
            Report(0, end, string.Create(CultureInfo.InvariantCulture, $"A query has at most {MaxWords} words; this one has {tree.WordCount}."));
        }
        else if (tree.Depth > MaxDepth)
        {
            Report(0, end, string.Create(CultureInfo.InvariantCulture, $"Brackets stand at most {MaxDepth} deep."));
        }
        else if (tree.ToString().Length > MaxLength)
        {
            Report(0, end, string.Create(CultureInfo.InvariantCulture, $"A query has at most {MaxLength} letters when every operator is written out."));
        }
        else if (QueryNeeds.Of(tree) is null)
        {
            Report(0, end, QueryNeeds.Excuse(tree));
        }
    }

    private static bool IsOperand(QueryTokenKind kind) => kind is QueryTokenKind.Words or QueryTokenKind.Open or QueryTokenKind.Field;

    private void Report(QueryToken token, string message) => Report(token.Start, token.Length, message);

    private void Report(int start, int length, string message) => _errors.Add(new QueryError(start, length, message));
}
