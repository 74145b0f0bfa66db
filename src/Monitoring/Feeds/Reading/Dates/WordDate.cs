using System.Buffers;
using System.Globalization;

namespace Monitoring.Feeds.Reading.Dates;

/// <summary>
/// Dates in words, part by part and in any order: RFC 822 with parts swapped or missing, asctime, <c>22 қараша 2026, 14:30</c>,
/// <c>2026 жылғы 22 қараша</c>, <c>22.11.2026 14:30</c>, <c>2004년 05월 28일</c>. What cannot be explained makes it no date.
/// </summary>
internal ref struct WordDate
{
    private const int Unset = -1;

    /// <summary>Words that stand between the parts and mean nothing.</summary>
    private static readonly string[] Noise = ["г", "год", "года", "ж", "жыл", "жылы", "жылғы", "жылдың", "йил", "yil", "at", "в", "de", "of", "den", "сағ", "сағат", "күні", "th", "st", "nd", "rd", "го"];

    private static readonly SearchValues<char> ClockCharacters = SearchValues.Create("0123456789:.,");

    private ReadOnlySpan<char> _rest;
    private int _year;
    private int _month;
    private int _day;
    private (int Hour, int Minute, int Second) _time;
    private bool _hasTime;
    private bool _isAfternoon;
    private bool _isMorning;
    private bool _isKorean;
    private ReadOnlySpan<char> _zone;
    private bool _hasZone;

    /// <summary>Null if the text is no date.</summary>
    public static DateTimeOffset? Read(ReadOnlySpan<char> text)
    {
        var date = new WordDate { _rest = text, _year = Unset, _day = Unset };
        while (date._rest.Length > 0)
        {
            if (!date.Part())
            {
                return null;
            }
        }

        return date.Make();
    }

    private readonly DateTimeOffset? Make()
    {
        if (_year == Unset || _day == Unset || _month == 0)
        {
            return null;
        }

        var hour = _isAfternoon && _time.Hour < 12 ? _time.Hour + 12 : _isMorning && _time.Hour == 12 ? 0 : _time.Hour;
        return DateParts.Zone(_hasZone ? _zone : _isKorean ? "KST" : "UTC", _year, _month) is { } offset ? DateParts.Make((_year, _month, _day), (hour, _time.Minute, _time.Second), offset) : null;
    }

    private bool Part()
    {
        var c = _rest[0];
        if (char.IsAsciiDigit(c))
        {
            return Number();
        }

        if (char.IsLetter(c))
        {
            return Word();
        }

        if (c is '+' or '-' && _hasTime && !(_hasZone && _zone.IndexOfAny('+', '-') >= 0))
        {
            return Offset();
        }

        if (c == '(')
        {
            // A comment ends the date.
            _rest = default;
            return _hasTime;
        }

        _rest = _rest[1..];
        return char.IsWhiteSpace(c) || c is ',' or '.' or '-' or ';' or '|' or '·' or '–' or '—' or '/';
    }

    private bool Number()
    {
        var length = _rest.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? _rest.Length : length;
        if (length > 4)
        {
            return false;
        }

        if (length <= 2 && length < _rest.Length && _rest[length] == ':')
        {
            return !_hasTime && Time();
        }

        if (_year == Unset && _day == Unset && Triple())
        {
            return true;
        }

        var number = int.Parse(_rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        _rest = _rest[length..];
        switch (_rest)
        {
            case ['년', ..]:
                _isKorean = true;
                break;
            case ['월', ..]:
                _month = number;
                return _isKorean;
        }

        if (length == 4 && _year == Unset)
        {
            _year = number;
            return true;
        }

        if (length <= 2 && _day == Unset)
        {
            _day = number;
            return true;
        }

        if (length == 2 && _year == Unset)
        {
            _year = DateParts.Century(number);
            return true;
        }

        return false;
    }

    /// <summary>Three numbers with the same sign between them: the year first, or the day; the month only where the clock has twelve hours, as in America.</summary>
    private bool Triple()
    {
        var words = _rest.IndexOfAny(' ', ',', 'T');
        var token = words < 0 ? _rest : _rest[..words];
        var first = token.IndexOfAny('.', '/', '-');
        if (first <= 0)
        {
            return false;
        }

        var second = token[(first + 1)..].IndexOf(token[first]) + first + 1;
        if (second <= first + 1 || !TryInt(token[..first], out var a) || !TryInt(token[(first + 1)..second], out var b) || !TryInt(token[(second + 1)..].TrimEnd('.'), out var c))
        {
            return false;
        }

        var isAmerican = token[first] == '/' && (b > 12 || _rest.EndsWith("M", StringComparison.OrdinalIgnoreCase));
        (_year, _month, _day) = first == 4 ? (a, b, c) : isAmerican ? (c, a, b) : (c, b, a);
        _year = _year < 100 ? DateParts.Century(_year) : _year;
        _rest = _rest[token.Length..];
        return true;
    }

    private bool Time()
    {
        var end = _rest.IndexOfAnyExcept(ClockCharacters);
        var token = (end < 0 ? _rest : _rest[..end]).TrimEnd(',').TrimEnd('.');
        _rest = _rest[token.Length..];
        var fraction = token.IndexOfAny('.', ',');
        if (fraction >= 0)
        {
            token = token[..fraction];
        }

        var colon = token.IndexOf(':');
        var minutes = token[(colon + 1)..];
        var next = minutes.IndexOf(':');
        var seconds = next < 0 ? "0" : minutes[(next + 1)..];
        minutes = next < 0 ? minutes : minutes[..next];
        _hasTime = TryInt(token[..colon], out _time.Hour) && TryInt(minutes, out _time.Minute) && TryInt(seconds, out _time.Second);
        return _hasTime;
    }

    private bool Offset()
    {
        var end = 1;
        while (end < _rest.Length && (char.IsAsciiDigit(_rest[end]) || (_rest[end] == ':' && end < 4)))
        {
            end++;
        }

        _zone = _rest[..end];
        _hasZone = true;
        _rest = _rest[end..];
        return end > 1 && (_rest.IsEmpty || !char.IsLetterOrDigit(_rest[0])) && _zone[^1] != ':';
    }

    private bool Word()
    {
        var end = 1;
        while (end < _rest.Length && (char.IsLetter(_rest[end]) || char.GetUnicodeCategory(_rest[end]) is UnicodeCategory.NonSpacingMark))
        {
            end++;
        }

        var word = _rest[..end];
        _rest = _rest[end..];
        if (word is "T" or "t" && _rest is [>= '0' and <= '9', ..])
        {
            return true;
        }

        // Between date and time "at" is a word, behind the time the zone of the Atlantic.
        if (HalfOfDay(word) || (IsNoise(word) && !(_hasTime && word is "AT")))
        {
            return true;
        }

        if (_month == 0 && MonthNames.Find(word) is var month and > 0)
        {
            _month = month;
            return true;
        }

        if (!_hasTime)
        {
            // The day of the week, in whatever language; it may be wrong.
            return _month == 0 && _day == Unset && _year == Unset;
        }

        if (word is "Etc" or "etc")
        {
            return true;
        }

        // A name behind an offset says the same again: "+0300 MSK".
        var isFirst = !_hasZone || _zone[0] is '+' or '-';
        _zone = _hasZone ? _zone : word;
        _hasZone = true;
        return isFirst && word.Length <= 5;
    }

    private bool HalfOfDay(ReadOnlySpan<char> word)
    {
        _isAfternoon |= word is "PM" or "pm" or "Pm" or "오후";
        _isMorning |= word is "AM" or "am" or "Am" or "오전";
        _isKorean |= word is "오후" or "오전";
        return _isAfternoon && word is "PM" or "pm" or "Pm" or "오후" || (_isMorning && word is "AM" or "am" or "Am" or "오전");
    }

    private readonly bool IsNoise(ReadOnlySpan<char> word)
    {
        if (_isKorean && word is "년" or "월" or "일")
        {
            return true;
        }

        foreach (var noise in Noise)
        {
            if (word.Equals(noise, StringComparison.OrdinalIgnoreCase))
            {
                return _day != Unset || _year != Unset;
            }
        }

        return false;
    }

    private static bool TryInt(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        return digits.Length <= 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
