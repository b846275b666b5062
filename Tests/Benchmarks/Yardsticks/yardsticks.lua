-- The same work as the programs beside, in Lua: reads lines "work size rounds" and answers each with its
-- result; a line that begins with "=" is a statement, and is run.
local works = {}

works["sum-run"] = function(size)
  local s = 0.0
  for i = 1, size do s = s + i*0.5 end
  return s
end

-- At top level, where names are global.
works["sum-tracked"] = function(size)
  s = 0.0
  for i = 1, size do s = s + i*0.5 end
  return s
end

for line in io.lines() do
  if line:sub(1, 1) == "=" then
    load(line:sub(2))()
  else
    local name, size, rounds = line:match("(%S+) (%d+) (%d+)")
    print(string.format("%.12g", works[name](tonumber(size), tonumber(rounds))))
    io.flush()
  end
end
