using Microsoft.Playwright;

namespace Monitoring.EndToEnd.Support;

/// <summary>A text about the demo's people, tried on the page that shows what would be found.</summary>
internal static class TriedText
{
    private const string Text =
        "Журналист Мирас Кыранбеков задержан сегодня утром у здания суда.\nОб этом сообщает «Степной вестник» со слов Айсулу Бозторгаевой.\nДепутат Кокпаров на вопросы не ответил.";

    public static async Task TryTextAsync(this IPage page)
    {
        await page.GotoAsync("/match");
        await page.GetByLabel("Text").FillAsync(Text);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Result" })).ToBeVisibleAsync();
    }
}
