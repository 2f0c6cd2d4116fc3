"""`make bench`: the engine beside its peers. MATHJS names the folder where `npm install mathjs` was run."""

from benchmarks import engine

engine.main()
