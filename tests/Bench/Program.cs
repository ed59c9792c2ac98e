using System.CommandLine;
using JobMatch.Bench;

var root = new RootCommand("Measures JobMatch beside its peers. Each table says on what machine and how; results/ holds those that were kept.")
{
    PopulationBench.Command(),
    CityBench.Command(),
    SpikeBench.Command(),
    EventBench.Command(),
    SeekerBench.Command(),
    PatchBench.Command(),
    HardBench.Command(),
    NationBench.Command(),
    ScanBench.Command(),
    HugeBench.Command(),
    ColdLoadBench.Command(),
    FairPlanBench.Command(),
    NearMissBench.Command(),
    TitlesBench.Command(),
};
return root.Parse(args).Invoke();
