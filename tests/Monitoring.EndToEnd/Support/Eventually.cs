namespace Monitoring.EndToEnd.Support;

/// <summary>Waits for another process to come to something; fails with what was waited for.</summary>
internal static class Eventually
{
    /// <param name="pause">Between two looks; null: a fifth of a second.</param>
    public static async Task Async(Func<Task<bool>> condition, TimeSpan atMost, Func<string> what, TimeSpan? pause = null)
    {
        using var deadline = new CancellationTokenSource(atMost);
        using var looks = new PeriodicTimer(pause ?? TimeSpan.FromMilliseconds(200));
        try
        {
            while (!await condition())
            {
                await looks.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Waited {atMost} in vain for {what()}");
        }
    }
}
