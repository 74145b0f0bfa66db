namespace Monitoring.Items.Stories;

/// <summary>
/// How much two texts have in common, counted exactly, and whether one is a copy of the other. Pure. What desks fill in day after day, the courts' news and
/// the exchange rates, shares most words and differs in numbers and names; an edited copy keeps most of both.
/// </summary>
/// <param name="Shared">Share of the pairs of words of both that both have (Jaccard).</param>
/// <param name="Contained">Share of the shorter one's pairs that the other has.</param>
/// <param name="Numbers">Share of the fewer numbers that the other has; null if there are too few to tell.</param>
/// <param name="Placed">Likewise of numbers with the word before them: forms with many numbers share some by chance, and those elsewhere.</param>
/// <param name="Names">Likewise of names.</param>
/// <param name="Fillings">Likewise of numbers and names together.</param>
public readonly record struct TextLikeness(double Shared, double Contained, double? Numbers, double? Placed, double? Names, double? Fillings)
{
    /// <summary>Measured on edited texts (the verb <c>stories</c> of the benchmarks): between what changing every fourth word leaves, and the next day's article on the same matter.</summary>
    private const double CopyShared = 0.32;

    /// <summary>A cut reprint has little but what the longer one has.</summary>
    private const double CopyContained = 0.65;

    /// <summary>Below this numbers or names differ: it is another day of the same form.</summary>
    private const double LeastOfKind = 0.34;

    /// <summary>Numbers, in the mean of those that are the same and those that stand at the same word.</summary>
    private const double LeastPlaced = 0.45;

    private const double LeastFillings = 0.5;

    /// <summary>One number or name more or less says too much among fewer.</summary>
    private const int FewestFillings = 4;

    private const int FewestTogether = 6;

    public bool IsCopy => (Shared >= CopyShared || Contained >= CopyContained) && !IsFilledOtherwise;

    private bool IsFilledOtherwise => Numbers < LeastOfKind || Names < LeastOfKind || (Numbers + Placed) / 2 < LeastPlaced || Fillings < LeastFillings;

    /// <summary>In percent, as readers are told.</summary>
    public int Percent => (int)Math.Round(100 * Math.Max(Shared, Contained));

    public static TextLikeness Of(TextSketch one, TextSketch other)
    {
        var common = Common(one.Pairs, other.Pairs);
        var (all, fewer) = (one.Pairs.Length + other.Pairs.Length - common, Math.Min(one.Pairs.Length, other.Pairs.Length));
        return new TextLikeness(
            all == 0 ? 0 : (double)common / all, fewer == 0 ? 0 : (double)common / fewer,
            SharedOf(one.Numbers, other.Numbers, FewestFillings), SharedOf(one.Placed, other.Placed, FewestTogether), SharedOf(one.Names, other.Names, FewestFillings),
            Together(one, other));
    }

    private static double? SharedOf(uint[] one, uint[] other, int fewest)
    {
        var fewer = Math.Min(one.Length, other.Length);
        return fewer < fewest ? null : (double)Common(one, other) / fewer;
    }

    private static double? Together(TextSketch one, TextSketch other)
    {
        var fewer = Math.Min(one.Numbers.Length + one.Names.Length, other.Numbers.Length + other.Names.Length);
        return fewer < FewestTogether ? null : (double)(Common(one.Numbers, other.Numbers) + Common(one.Names, other.Names)) / fewer;
    }

    private static int Common(uint[] one, uint[] other)
    {
        var (common, i, j) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            var order = one[i].CompareTo(other[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return common;
    }
}
