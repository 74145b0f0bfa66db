namespace Monitoring.App.Demo;

/// <summary>What happens in the demo's world, and when: each turn waits until the program has seen the one before.</summary>
internal sealed class DemoPlot(DemoWorld world)
{
    private bool _isLive;
    private bool _hasEased;

    /// <summary>Takes the turns whose time has come.</summary>
    /// <param name="tell">Is told each of them.</param>
    public async Task AdvanceAsync(DemoFacts facts, Action<string> tell, CancellationToken cancellationToken)
    {
        if (!_isLive && await facts.HaveAllBeenReadAsync(cancellationToken))
        {
            _isLive = true;
            world.Press.GoLive();
            tell("the press publishes the news of the day");
        }

        if (!_hasEased && await facts.HaveAllOpenedAsync(cancellationToken))
        {
            _hasEased = true;
            await world.EaseAsync(cancellationToken);
            tell("one block is lifted, and the site that was down comes back");
        }
    }
}
