-- W1 in Lua: a value keeps what it came from, and a function that hands its gradient on.
local Value = {}
Value.__index = Value

local function value(data, ...) return setmetatable({data = data, grad = 0, operands = {...}}, Value) end

function Value.__add(x, y)
  local z = value(x.data + y.data, x, y)
  z.hand = function() x.grad = x.grad + z.grad; y.grad = y.grad + z.grad end
  return z
end

function Value.__mul(x, y)
  local z = value(x.data*y.data, x, y)
  z.hand = function() x.grad = x.grad + y.data*z.grad; y.grad = y.grad + x.data*z.grad end
  return z
end

local function backward(root)
  local order, seen = {}, {}
  local function visit(v)
    if seen[v] then return end
    seen[v] = true
    for _, operand in ipairs(v.operands) do visit(operand) end
    order[#order + 1] = v
  end
  visit(root)
  root.grad = 1
  for i = #order, 1, -1 do if order[i].hand then order[i].hand() end end
end

local a, b, c, f = value(2.0), value(-3.0), value(10.0), value(-2.0)
local d = a*b
local L = (d + c)*f
backward(L)
for _, name in ipairs {"a", "b", "c", "f", "d", "L"} do
  local v = ({a = a, b = b, c = c, f = f, d = d, L = L})[name]
  print(name, v.data, v.grad)
end
