"""`make bench`: the engine beside its peers, and a tape of 1,000,000 records.

MATHJS names the folder where `npm install mathjs` was run.
"""

from benchmarks import engine, tape

engine.main()
tape.main()
