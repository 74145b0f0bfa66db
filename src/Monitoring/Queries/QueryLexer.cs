using System.Globalization;

namespace Monitoring.Queries;

/// <summary>Cuts a query into tokens, and notes what is none.</summary>
internal sealed class QueryLexer(string query, Action<int, int, string> report)
{
    private const string Quotes = "\"«»“”„‟";

    private static readonly Dictionary<string, QueryTokenKind> Operators = new(StringComparer.Ordinal)
    {
        ["AND"] = QueryTokenKind.And,
        ["И"] = QueryTokenKind.And,
        ["ЖӘНЕ"] = QueryTokenKind.And,
        ["OR"] = QueryTokenKind.Or,
        ["ИЛИ"] = QueryTokenKind.Or,
        ["НЕМЕСЕ"] = QueryTokenKind.Or,
        ["NOT"] = QueryTokenKind.Not,
        ["НЕ"] = QueryTokenKind.Not,
        ["ЕМЕС"] = QueryTokenKind.Not,
        ["SENTENCE"] = QueryTokenKind.Sentence,
    };

    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["|"] = "OR",
        ["||"] = "OR",
        ["&"] = "AND",
        ["&&"] = "AND",
        ["+"] = "AND",
        ["!"] = "NOT",
        ["-"] = "NOT",
        ["–"] = "NOT",
        ["—"] = "NOT",
    };

    private readonly List<QueryToken> _tokens = [];
    private int _at;

    public List<QueryToken> Read()
    {
        while (_at < query.Length)
        {
            if (char.IsWhiteSpace(query[_at]))
            {
                _at++;
            }
            else
            {
                ReadOne();
            }
        }

        Add(QueryTokenKind.End, _at);
        return _tokens;
    }

    private void ReadOne()
    {
        var start = _at;
        switch (query[_at])
        {
            case '(':
                _at++;
                Add(QueryTokenKind.Open, start);
                break;
            case ')':
                _at++;
                Add(QueryTokenKind.Close, start);
                break;
            case '-' when _at + 1 < query.Length && !char.IsWhiteSpace(query[_at + 1]) && query[_at + 1] is not (')' or '-'):
                _at++;
                Add(QueryTokenKind.Not, start);
                break;
            case '~':
                _at++;
                ReadAnyForm(start);
                break;
            case var c when Quotes.Contains(c, StringComparison.Ordinal):
                ReadQuoted(start, isAnyForm: false);
                break;
            default:
                ReadRun(start);
                break;
        }
    }

    private void ReadAnyForm(int start)
    {
        if (_at == query.Length || char.IsWhiteSpace(query[_at]) || query[_at] is '(' or ')' or '~')
        {
            report(start, 1, "'~' stands before a word or a phrase in quotes, without a blank.");
        }
        else if (Quotes.Contains(query[_at], StringComparison.Ordinal))
        {
            ReadQuoted(start, isAnyForm: true);
        }
        else
        {
            AddWords(start, Run(), isAnyForm: true);
        }
    }

    private void ReadQuoted(int start, bool isAnyForm)
    {
        var open = _at++;
        var closing = query[open] is '"' ? query.IndexOf('"', _at) : query.AsSpan(_at).IndexOfAny("»“”\"") is var found and >= 0 ? _at + found : -1;
        if (closing < 0)
        {
            report(open, 1, "This quotation mark is not closed.");
            closing = query.Length;
        }

        var text = query[_at..closing];
        _at = Math.Min(query.Length, closing + 1);
        _tokens.Add(new QueryToken(QueryTokenKind.Words, start, _at - start, text, open + 1, isAnyForm, IsQuoted: true));
    }

    private void ReadRun(int start)
    {
        var run = Run();
        if (_tokens is [.., { Kind: QueryTokenKind.Field } field] && field.End == start && !QueryFields.IsPart(field.Text))
        {
            AddWords(start, run, isAnyForm: false);
            return;
        }

        var colon = run.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && run[..colon].All(char.IsLetter))
        {
            _at = start + colon + 1;
            _tokens.Add(new QueryToken(QueryTokenKind.Field, start, colon + 1, run[..colon], start));
        }
        else if (Operators.TryGetValue(run, out var kind))
        {
            Add(kind, start);
        }
        else if (run.StartsWith("NEAR", StringComparison.OrdinalIgnoreCase) && run[4..].All(c => char.IsAsciiDigit(c) || c is '/') && (run[..4] == "NEAR" || run.Length > 4))
        {
            AddNear(start, run);
        }
        else
        {
            AddWords(start, run, isAnyForm: false);
        }
    }

    private void AddNear(int start, string run)
    {
        var isNumber = int.TryParse(run.AsSpan(4).Trim('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var distance) && distance is >= 1 and <= QueryParser.MaxDistance;
        if (!isNumber)
        {
            report(start, run.Length, string.Create(CultureInfo.InvariantCulture, $"NEAR needs a distance of 1 to {QueryParser.MaxDistance} words; did you mean NEAR/10?"));
        }
        else if (run != $"NEAR/{run.AsSpan(5)}")
        {
            report(start, run.Length, string.Create(CultureInfo.InvariantCulture, $"Operators are written in capitals, NEAR with a stroke and a number; did you mean NEAR/{distance}?"));
        }

        _tokens.Add(new QueryToken(QueryTokenKind.Near, start, run.Length, run, start, Number: distance));
    }

    private void AddWords(int start, string run, bool isAnyForm)
    {
        if (Meant.TryGetValue(run, out var meant))
        {
            report(start, run.Length, $"'{run}' is no operator; did you mean {meant}?");
            return;
        }

        _tokens.Add(new QueryToken(QueryTokenKind.Words, start, _at - start, run, _at - run.Length, isAnyForm));
    }

    private string Run()
    {
        var start = _at;
        while (_at < query.Length && !char.IsWhiteSpace(query[_at]) && query[_at] is not ('(' or ')') && !Quotes.Contains(query[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        return query[start.._at];
    }

    private void Add(QueryTokenKind kind, int start) => _tokens.Add(new QueryToken(kind, start, _at - start, query[start.._at], start));
}
