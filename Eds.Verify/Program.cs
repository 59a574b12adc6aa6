using PedAtt.Eds.Verify;

return args is [var bundle] ? BundleVerification.Run(bundle, trust: null, Console.Out)
    : args is [var other, "--trust", var folder] ? BundleVerification.Run(other, folder, Console.Out)
    : BundleVerification.Explain(Console.Out);
