namespace Monitoring.EndToEnd.Support;

/// <summary>Waits for another process to come to something; fails with what was waited for.</summary>
internal static class Eventually
{
    public static async Task Async(Func<Task<bool>> condition, TimeSpan atMost, Func<string> what)
    {
        using var deadline = new CancellationTokenSource(atMost);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
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
