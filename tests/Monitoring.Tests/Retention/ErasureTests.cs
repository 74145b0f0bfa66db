using Monitoring.Retention.Forgetting;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Retention;

/// <summary>Who is to be forgotten is found generously: what would be too weak to flag is enough to blot.</summary>
public sealed class ErasureTests
{
    private static readonly Erasure Erasure = new(new Person { Id = "miras", Name = "Мирас Кыранбеков" }, [], "person-x");

    [Theory]
    [InlineData("Суд над Мирасом Кыранбековым", "Суд над ████████████████████")]
    [InlineData("Miras Kyranbekov on trial", "████████████████ on trial")] // another script than listed
    [InlineData("Дело Кыранбекова", "Дело ███████████")] // a candidate
    public void Every_place_that_may_be_the_person_is_blotted(string text, string expected)
    {
        Assert.True(Erasure.IsIn(text));
        Assert.Equal(expected, Erasure.BlotOut(text));
    }

    [Fact]
    public void Another_person_of_the_surname_stays()
    {
        const string text = "Ержан Кыранбеков";

        Assert.False(Erasure.IsIn(text));
        Assert.Equal(text, Erasure.BlotOut(text));
    }
}
