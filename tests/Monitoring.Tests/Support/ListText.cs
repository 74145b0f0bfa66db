using System.Globalization;

namespace Monitoring.Tests.Support;

/// <summary>A watch list of any number of feeds that is made while it is read and never stands in memory as a whole.</summary>
internal sealed class ListText(int entries, int noteLength) : TextReader
{
    private readonly string _note = new('ж', noteLength);
    private string _part = "version: 1\ncountry: KZ\noutlets:\n  - { id: outlet-1, name: Outlet }\nfeeds:\n";
    private int _at;
    private int _next;

    public override int Peek() => Fill() ? _part[_at] : -1;

    public override int Read() => Fill() ? _part[_at++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var length = Fill() ? Math.Min(count, _part.Length - _at) : 0;
        _part.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    private bool Fill()
    {
        if (_at == _part.Length && _next < entries)
        {
            _part = string.Create(CultureInfo.InvariantCulture, $"  - name: Лента {_next}\n    url: https://example.org/{_next}\n    outlet: outlet-1\n    note: {_note}\n");
            _at = 0;
            _next++;
        }

        return _at < _part.Length;
    }
}
